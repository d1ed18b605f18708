package io.gentcp.packet;

import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

import tools.jackson.databind.JsonNode;

/**
 * What {@code erlang:decode_packet(Type, Bytes, Options)} can be asked, and a codec as
 * well.
 *
 * @param name the packet type as Erlang is asked for it: {@code 0} and {@code raw} are
 * the same to us
 */
record DecodeQuestion(String name, PacketLimits limits, byte[] bytes) {

	private static final HexFormat HEX = HexFormat.of();

	private static final Set<String> OPTIONS = Set.of("packet_size", "line_length", "line_delimiter");

	/** The question in a row of vectors, or none if it is another row. */
	static Optional<DecodeQuestion> of(VectorRow row) {
		JsonNode in = row.json().path("in");
		JsonNode options = row.json().path("opts");
		if (!in.isString() || !areOptions(options)) {
			return Optional.empty();
		}
		String name = row.json().path("type").asString("");
		return row.packetType().map((type) -> new DecodeQuestion(name, limits(options), HEX.parseHex(in.asString())));
	}

	/** What OTP was asked for our vectors. */
	static List<DecodeQuestion> ofVectors() {
		try {
			Path file = Path.of(DecodeQuestion.class.getResource("/otp/decode.jsonl").toURI());
			return VectorRow.of(file).stream().map(DecodeQuestion::of).flatMap(Optional::stream).toList();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	PacketType type() {
		return PacketType.of(this.name);
	}

	/** A codec that was asked nothing yet. */
	PacketCodec codec() {
		return type().codec(this.limits);
	}

	/** What the codec answers, as a row of vectors has it. */
	String answer() {
		ByteBuffer in = ByteBuffer.wrap(this.bytes);
		return PacketJson.of(type()).json(codec().decode(in), in);
	}

	DecodeQuestion withBytes(byte[] bytes) {
		return new DecodeQuestion(this.name, this.limits, bytes);
	}

	DecodeQuestion withLimits(PacketLimits limits) {
		return new DecodeQuestion(this.name, limits, this.bytes);
	}

	/** The line with which {@code packet_answers.erl} is asked. */
	String line() {
		return "%s %d %d %d %s".formatted(this.name, this.limits.packetSize(), this.limits.lineLength(),
				Byte.toUnsignedInt(this.limits.lineDelimiter()), HEX.formatHex(this.bytes));
	}

	/** The row of vectors in which this question was given that answer. */
	String row(String answer) {
		return "{\"type\":\"%s\",\"opts\":%s,\"in\":\"%s\",\"result\":%s}".formatted(this.name, options(),
				HEX.formatHex(this.bytes), answer);
	}

	private String options() {
		StringJoiner options = new StringJoiner(",", "{", "}");
		if (this.limits.packetSize() > 0) {
			options.add("\"packet_size\":" + this.limits.packetSize());
		}
		if (this.limits.lineLength() > 0) {
			options.add("\"line_length\":" + this.limits.lineLength());
		}
		if (this.limits.lineDelimiter() != '\n') {
			options.add("\"line_delimiter\":" + Byte.toUnsignedInt(this.limits.lineDelimiter()));
		}
		return options.toString();
	}

	private static boolean areOptions(JsonNode options) {
		return options.isMissingNode() || options.isObject() && options.properties()
			.stream()
			.allMatch((option) -> OPTIONS.contains(option.getKey()) && option.getValue().isIntegralNumber());
	}

	/** Erlang's sizes are unsigned; above Java's largest int they limit nothing more. */
	private static PacketLimits limits(JsonNode options) {
		long packetSize = options.path("packet_size").asLong(0);
		long lineLength = options.path("line_length").asLong(0);
		int lineDelimiter = options.path("line_delimiter").asInt('\n');
		return new PacketLimits((int) Math.min(packetSize, Integer.MAX_VALUE),
				(int) Math.min(lineLength, Integer.MAX_VALUE), (byte) lineDelimiter);
	}

}
