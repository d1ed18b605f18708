package io.gentcp.differential;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** Bytes in transcripts: as text if they are few, else by number and checksum. */
final class Terms {

	/** More are shown by number and checksum. */
	static final int SHOWN = 1000;

	/** How the Erlang node prints bytes, so that none of them means anything else. */
	private static final Pattern HEX = Pattern.compile("\\{hex,(?:\\[]|\"([0-9A-F]*)\")}");

	/** No bytes of a script contain it. */
	static final String BETWEEN_MESSAGES = " ; ";

	private Terms() {
	}

	static String bytes(byte[] bytes) {
		return (bytes.length > SHOWN) ? "{bytes,%d,%d}".formatted(bytes.length, checksum(bytes))
				: text(new String(bytes, StandardCharsets.ISO_8859_1));
	}

	/** Shows what is no printable character by its number. */
	static String text(String bytes) {
		return bytes.chars()
			.mapToObj((one) -> (one < ' ' || one > '~') ? "\\%d".formatted(one) : String.valueOf((char) one))
			.collect(Collectors.joining("", "\"", "\""));
	}

	/** Joins pieces of a raw stream that were shown. */
	static String joined(String first, String second) {
		return first.substring(0, first.length() - 1) + second.substring(1);
	}

	static long checksum(byte[] bytes) {
		CRC32 checksum = new CRC32();
		checksum.update(bytes);
		return checksum.getValue();
	}

	/** Shows the bytes in what Erlang has printed. */
	static String ofErlang(String printed) {
		return HEX.matcher(printed)
			.replaceAll((hex) -> Matcher
				.quoteReplacement(text(new String(HexFormat.of().parseHex((hex.group(1) != null) ? hex.group(1) : ""),
						StandardCharsets.ISO_8859_1))));
	}

}
