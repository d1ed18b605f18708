package io.gentcp.spring.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;

/**
 * A stream and what Erlang's {@code decode_packet} has made of it: packet and rest, or
 * why there was none.
 *
 * @param answer {@code ok}, {@code more} or {@code error}
 */
record OtpVector(int id, PacketType type, PacketLimits limits, byte[] stream, String answer, byte[] packet,
		byte[] rest) {

	private static final String TYPES = "raw|1|2|4|line|asn1|sunrm|cdr|fcgi|tpkt";

	private static final Pattern ROW = Pattern.compile("\\{\"id\":(\\d+),\"type\":\"(" + TYPES
			+ ")\",\"opts\":\\{(.*?)\\},\"in\":\"(\\w*)\",.*?\"result\":\\{\"(ok|more|error)\":"
			+ "(?:\\[\"(\\w*)\",\"(\\w*)\"])?.*");

	/** More digits than the limits of Java have. */
	private static final Pattern TOO_LARGE = Pattern.compile(":\\d{10}");

	/** Those of the packet types that deliver bytes. */
	static List<OtpVector> all() throws IOException {
		try (var rows = Files.lines(Path.of("../gentcp-core/src/test/resources/otp/decode.jsonl"))) {
			return rows.map(ROW::matcher)
				.filter(Matcher::matches)
				.filter((row) -> !TOO_LARGE.matcher(row.group(3)).find())
				.map(OtpVector::of)
				.toList();
		}
	}

	private static OtpVector of(Matcher row) {
		PacketLimits limits = new PacketLimits(option(row, "packet_size", 0), option(row, "line_length", 0),
				(byte) option(row, "line_delimiter", '\n'));
		return new OtpVector(Integer.parseInt(row.group(1)), PacketType.of(row.group(2)), limits, bytes(row.group(4)),
				row.group(5), bytes(row.group(6)), bytes(row.group(7)));
	}

	private static int option(Matcher row, String name, int otherwise) {
		Matcher option = Pattern.compile("\"" + name + "\":(\\d+)").matcher(row.group(3));
		return option.find() ? Integer.parseInt(option.group(1)) : otherwise;
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(Optional.ofNullable(hex).orElse(""));
	}

	@Override
	public String toString() {
		return "row %d of decode.jsonl: %s %s %s".formatted(this.id, this.type, this.limits, this.answer);
	}

}
