package io.gentcp.benchmarks.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;

/** What peers typically send, as it is on the wire. */
final class TypicalPackets {

	private static final String REQUEST_LINE = "GET /orders/4711?page=2 HTTP/1.1\r\n";

	private static final String HEADERS = """
			Host: orders.example.org
			User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
			Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
			Accept-Language: en-US,en;q=0.5
			Accept-Encoding: gzip, deflate, br, zstd
			Referer: https://orders.example.org/orders?page=1
			Connection: keep-alive
			Cookie: %s
			X-Request-Id: 0f8fad5b-d9cb-469f-a165-70867728950e
			Cache-Control: max-age=0

			""".replace("\n", "\r\n");

	private TypicalPackets() {
	}

	/**
	 * A packet; with http all the lines of a request.
	 * @param size the bytes of its body, or of the cookie of a request
	 */
	static byte[] of(PacketType type, int size) {
		return switch (type.name()) {
			case "raw" -> body(size);
			case "1", "2", "4" -> withLength(type, size);
			case "asn1" -> packet(asn1Header(size), size);
			case "sunrm" -> packet(ByteBuffer.allocate(4).putInt(0x8000_0000 | size), size);
			case "cdr" -> packet(ByteBuffer.allocate(12).put(ascii("GIOP")).putInt(0x0102_0000).putInt(size), size);
			case "fcgi" -> packet(ByteBuffer.allocate(8).putInt(0x0106_0001).putShort((short) size), size);
			case "tpkt" -> packet(ByteBuffer.allocate(4).putShort((short) 0x0300).putShort((short) (4 + size)), size);
			case "ssl_tls" ->
				packet(ByteBuffer.allocate(5).put((byte) 23).putShort((short) 0x0303).putShort((short) size), size);
			case "line" -> ascii(cookie(size - 2) + "\r\n");
			case "http" -> ascii(REQUEST_LINE + HEADERS.formatted(cookie(size)));
			case "httph" -> ascii(HEADERS.formatted(cookie(size)));
			default -> throw new IllegalArgumentException(type + " has no typical packet");
		};
	}

	private static byte[] withLength(PacketType type, int size) {
		int fits = type.equals(PacketType.ONE) ? Math.min(size, 255) : size;
		PacketCodec codec = type.codec(PacketLimits.NONE);
		ByteBuffer header = ByteBuffer.allocate(codec.headerSize(fits));
		codec.encodeHeader(fits, header);
		return packet(header, fits);
	}

	/** An octet string. */
	private static ByteBuffer asn1Header(int size) {
		return (size < 128) ? ByteBuffer.allocate(2).put((byte) 4).put((byte) size)
				: ByteBuffer.allocate(4).putShort((short) 0x0482).putShort((short) size);
	}

	private static byte[] packet(ByteBuffer header, int size) {
		return ByteBuffer.allocate(header.capacity() + size).put(header.clear()).put(body(size)).array();
	}

	private static byte[] body(int size) {
		return ascii(cookie(size));
	}

	/** Text without an end of a line. */
	private static String cookie(int size) {
		return "session=0f8fad5b; ".repeat(1 + size / 18).substring(0, size);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
