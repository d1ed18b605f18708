package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Streams on which a codec that looks at bytes again and again would never come to an
 * end.
 */
public enum HeavyStream {

	ONE_LINE(PacketType.LINE, "", "x", "\n"),

	SHORT_LINES(PacketType.LINE, "", "ab\n", ""),

	EMPTY_LINES(PacketType.LINE, "", "\n", ""),

	A_LINE_THAT_IS_CUT(PacketType.LINE, "", "x", "\n") {
		@Override
		public PacketLimits limits() {
			return PacketLimits.NONE.withLineLength(1000);
		}
	},

	ONE_HEADER(PacketType.HTTP, "GET / HTTP/1.1\r\nA: ", "x", "\r\n\r\n"),

	A_HEADER_THAT_GOES_ON_IN_EVERY_LINE(PacketType.HTTP, "GET / HTTP/1.1\r\nA: b", "\n ", "\r\n\r\n"),

	HEADERS(PacketType.HTTP, "GET / HTTP/1.1\r\n", "A: b\r\n", "\r\n"),

	MESSAGES(PacketType.HTTP_BIN, "", "GET / HTTP/1.1\r\n\r\n", ""),

	NO_HTTP(PacketType.HTTPH, "", "x\n", "\r\n"),

	ONE_BYTE_OF_LENGTH(PacketType.ONE, "", "\2ab", ""),

	TWO_BYTES_OF_LENGTH(PacketType.TWO, "", "\1\0" + "x".repeat(256), ""),

	FOUR_BYTES_OF_LENGTH(PacketType.FOUR, "\0\u0098\u0096\u0080", "x", ""),

	ASN1_WITH_LONG_TAGS(PacketType.ASN1, "", "\37" + "\u0081".repeat(9) + "\1\u0084\0\0\0\2ab", ""),

	ONE_ASN1(PacketType.ASN1, "\4\u0084\0\u0098\u0096\u0080", "x", ""),

	SUNRM(PacketType.SUNRM, "\u0080\u0098\u0096\u0080", "x", ""),

	CDR(PacketType.CDR, "GIOP\1\2\1\0\u0080\u0096\u0098\0", "x", ""),

	FCGI(PacketType.FCGI, "", "\1\6\0\1\u00ff\u00ff\u00ff\0" + "x".repeat(0xffff + 0xff), ""),

	TPKT(PacketType.TPKT, "", "\3\0\0\6ab", ""),

	SSL_TLS(PacketType.SSL_TLS, "", "\27\3\3\u00ff\u00ff" + "x".repeat(0xffff), "");

	/** Ten million bytes, between header and end; large packets announce as many. */
	private static final int SIZE = 10_000_000;

	private final PacketType type;

	private final String start;

	private final String again;

	private final String end;

	HeavyStream(PacketType type, String start, String again, String end) {
		this.type = type;
		this.start = start;
		this.again = again;
		this.end = end;
	}

	public PacketType type() {
		return this.type;
	}

	public PacketLimits limits() {
		return PacketLimits.NONE;
	}

	public byte[] bytes() {
		byte[] again = latin1(this.again);
		int times = SIZE / again.length;
		ByteBuffer bytes = ByteBuffer.allocate(this.start.length() + times * again.length + this.end.length());
		bytes.put(latin1(this.start));
		for (int i = 0; i < times; i++) {
			bytes.put(again);
		}
		return bytes.put(latin1(this.end)).array();
	}

	private static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
