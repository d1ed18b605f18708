package io.gentcp.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes packets of every type as a peer may send them: most are right, in some a length,
 * a version or a tag is at its edge or behind it. Used by one thread.
 */
final class WirePackets {

	private static final byte[] GIOP = "GIOP".getBytes(StandardCharsets.US_ASCII);

	private final Chance chance;

	private final HttpLines http;

	WirePackets(Chance chance) {
		this.chance = chance;
		this.http = new HttpLines(chance);
	}

	/** The bytes of a packet, or of a few lines. */
	byte[] of(String type) {
		return switch (type) {
			case "1" -> prefixed(1);
			case "2" -> prefixed(2);
			case "4" -> prefixed(4);
			case "asn1" -> asn1();
			case "sunrm" -> sunRpc();
			case "cdr" -> cdr();
			case "fcgi" -> fcgi();
			case "tpkt" -> tpkt();
			case "line" -> lines();
			case "ssl_tls" -> this.chance.oneIn(4) ? ssl2() : tls();
			case "http", "http_bin" -> latin1(this.http.message());
			case "httph", "httph_bin" -> latin1(this.http.headers());
			default -> this.chance.bytes(this.chance.size());
		};
	}

	private byte[] prefixed(int headerSize) {
		byte[] body = body();
		return join(number(announced(body.length), headerSize), body);
	}

	private byte[] sunRpc() {
		byte[] body = body();
		long last = this.chance.below(2) * 0x8000_0000L;
		return join(number(announced(body.length) ^ last, 4), body);
	}

	private byte[] cdr() {
		byte[] body = body();
		byte[] header = this.chance.bytes(4);
		byte[] length = number(announced(body.length), 4);
		if ((header[2] & 1) != 0) {
			length = number(Integer.reverseBytes(ByteBuffer.wrap(length).getInt()), 4);
		}
		return join(GIOP, header, length, body);
	}

	private byte[] fcgi() {
		byte[] body = body();
		byte[] padding = new byte[this.chance.oneIn(2) ? 0 : this.chance.below(256)];
		byte[] version = { (byte) (this.chance.oneIn(20) ? this.chance.below(4) : 1), (byte) this.chance.below(12) };
		byte[] lengths = join(number(announced(body.length), 2), number(padding.length, 1), this.chance.bytes(1));
		return join(version, this.chance.bytes(2), lengths, body, padding);
	}

	private byte[] tpkt() {
		byte[] body = body();
		byte[] version = { (byte) (this.chance.oneIn(20) ? this.chance.below(5) : 3), (byte) this.chance.below(256) };
		long total = this.chance.oneIn(12) ? this.chance.below(6) : announced(body.length) + 4;
		return join(version, number(total, 2), body);
	}

	private byte[] tls() {
		byte[] body = body();
		byte[] version = { 3, (byte) this.chance.below(5) };
		byte type = (byte) (this.chance.oneIn(4) ? this.chance.below(256) : this.chance.between(20, 23));
		return join(new byte[] { type }, version, number(announced(body.length), 2), body);
	}

	private byte[] ssl2() {
		byte[] body = body();
		long length = this.chance.oneIn(8) ? this.chance.below(4) : announced(body.length) + 3;
		return join(number(length | 0x8000, 2), new byte[] { 1 }, this.chance.bytes(2), body);
	}

	private byte[] asn1() {
		byte[] body = body();
		return join(tag(), length(announced(body.length)), body);
	}

	private byte[] tag() {
		byte[] tag = this.chance.bytes(1);
		if (!this.chance.oneIn(3)) {
			return tag;
		}
		tag[0] |= 0x1f;
		byte[] rest = this.chance.bytes(this.chance.oneIn(4) ? this.chance.between(8, 14) : this.chance.between(1, 4));
		for (int i = 0; i < rest.length; i++) {
			boolean isLast = i == rest.length - 1 && !this.chance.oneIn(8);
			rest[i] = (byte) (isLast ? rest[i] & 0x7f : rest[i] | 0x80);
		}
		return join(tag, rest);
	}

	private byte[] length(long length) {
		int size = this.chance.below(8);
		return switch (size) {
			case 0 -> number(0x80, 1);
			case 1, 2, 3, 4 -> join(number(0x80 + size, 1), number(length, size));
			case 5 -> number(0x80 + this.chance.between(5, 127), 1);
			default -> (length < 128) ? number(length, 1) : join(number(0x82, 1), number(length, 2));
		};
	}

	private byte[] lines() {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		for (int left = this.chance.between(1, 4); left > 0; left--) {
			byte[] text = this.chance.oneIn(2) ? latin1(this.chance.name()) : this.chance.bytes(this.chance.below(30));
			lines.writeBytes(text);
			lines.writeBytes(latin1(this.chance.oneOf("\n", "\n", "\r\n", ";", "\n\n", "")));
		}
		return lines.toByteArray();
	}

	private byte[] body() {
		return this.chance.bytes(this.chance.size());
	}

	/** Mostly the length that it is. */
	private long announced(int length) {
		return switch (this.chance.below(24)) {
			case 0 -> this.chance.bits(this.chance.between(1, 32));
			case 1 -> (1L << this.chance.oneOf(7, 8, 15, 16, 31, 32)) - this.chance.between(-1, 16);
			case 2 -> length + this.chance.between(0, 3);
			default -> length;
		};
	}

	private static byte[] number(long number, int size) {
		byte[] bytes = new byte[size];
		for (int i = 0; i < size; i++) {
			bytes[i] = (byte) (number >>> (8 * (size - 1 - i)));
		}
		return bytes;
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

	private static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
