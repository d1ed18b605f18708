package io.gentcp.sample;

import java.util.HexFormat;
import java.util.zip.CRC32;

/** CRC-32 in hexadecimal; {@code erlang:crc32/1} gives the same number. */
final class Checksum {

	private Checksum() {
	}

	static String of(byte[] packet) {
		CRC32 crc = new CRC32();
		crc.update(packet);
		return HexFormat.of().toHexDigits((int) crc.getValue());
	}

}
