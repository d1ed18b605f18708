package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * The body of a packet whose header says how long it is: refused if it is too long,
 * waited for until it is there, then taken out with its header or without. What all
 * codecs with a length in the header have in common.
 *
 * @param packetSize the most bytes of a body, zero for no limit but Erlang's own, which
 * is 2<sup>31</sup>-1 bytes with the header
 */
record AnnouncedBody(int packetSize) {

	/** Takes header and body. */
	DecodeResult withHeader(ByteBuffer in, int headerSize, long length) {
		return decode(in, headerSize, length, 0, headerSize + length);
	}

	/** Takes header and body, of which the header is not delivered. */
	DecodeResult withoutHeader(ByteBuffer in, int headerSize, long length) {
		return decode(in, headerSize, length, headerSize, headerSize + length);
	}

	/** Takes header, body and the padding at its end, which is not delivered. */
	DecodeResult withoutPadding(ByteBuffer in, int headerSize, long length, int padding) {
		return decode(in, headerSize, length, 0, headerSize + length - padding);
	}

	private DecodeResult decode(ByteBuffer in, int headerSize, long length, int from, long to) {
		int longest = Integer.MAX_VALUE - headerSize;
		int limit = (this.packetSize > 0) ? Math.min(this.packetSize, longest) : longest;
		if (length > limit) {
			String name = (limit == this.packetSize) ? "packet_size" : "the largest there can be";
			return Invalid.of("packet of %d bytes, %s is %d".formatted(length, name, limit), in);
		}
		long total = headerSize + length;
		return (in.remaining() < total) ? More.of(total) : packet(in, (int) total, from, (int) to);
	}

	private static Packet packet(ByteBuffer in, int total, int from, int to) {
		byte[] bytes = new byte[to - from];
		int start = in.position();
		in.get(start + from, bytes).position(start + total);
		return new Packet.Bytes(bytes);
	}

	/**
	 * A big-endian number in the header. Byte by byte: the order of the caller's buffer
	 * is the caller's business.
	 */
	static long number(ByteBuffer in, int offset, int size) {
		long number = 0;
		for (int i = 0; i < size; i++) {
			number = (number << 8) | octet(in, offset + i);
		}
		return number;
	}

	/** One byte of the header, 0 to 255. */
	static int octet(ByteBuffer in, int offset) {
		return Byte.toUnsignedInt(in.get(in.position() + offset));
	}

}
