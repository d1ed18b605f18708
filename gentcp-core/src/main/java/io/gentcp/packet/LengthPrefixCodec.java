package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * Packets with a big-endian length in front: {@code {packet, 1 | 2 | 4}}. The header is
 * not delivered. The codec keeps no state.
 *
 * <pre>
 *   00 00 00 05 | 68 65 6c 6c 6f   →   "hello"                  (headerSize 4)
 *   00 00 00 05 | 68 65            →   more, 9 bytes in total
 *   00 00                          →   more, unknown
 *   00 10 00 00 | 68 65            →   invalid, if limit is 65,536
 * </pre>
 *
 * @param headerSize the number of bytes that hold the length
 * @param limit the longest packet that is decoded
 */
record LengthPrefixCodec(int headerSize, int limit) implements PacketCodec {

	static LengthPrefixCodec of(int headerSize, PacketLimits limits) {
		int longest = longest(headerSize);
		int packetSize = limits.packetSize();
		return new LengthPrefixCodec(headerSize, (packetSize > 0) ? Math.min(packetSize, longest) : longest);
	}

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < this.headerSize) {
			return More.UNKNOWN;
		}
		long length = length(in);
		if (length > this.limit) {
			return Invalid.of("packet of %d bytes, %s is %d".formatted(length, limitName(), this.limit), in);
		}
		long total = this.headerSize + length;
		return (in.remaining() < total) ? More.of(total) : packet(in, (int) length);
	}

	@Override
	public ByteBuffer encode(ByteBuffer payload) {
		requireFits(payload.remaining());
		return payload;
	}

	@Override
	public int headerSize(int encodedSize) {
		return this.headerSize;
	}

	@Override
	public void encodeHeader(int encodedSize, ByteBuffer out) {
		requireFits(encodedSize);
		for (int shift = 8 * (this.headerSize - 1); shift >= 0; shift -= 8) {
			out.put((byte) (encodedSize >>> shift));
		}
	}

	/** Byte by byte: the order of the caller's buffer is the caller's business. */
	private long length(ByteBuffer in) {
		long length = 0;
		for (int i = in.position(); i < in.position() + this.headerSize; i++) {
			length = (length << 8) | Byte.toUnsignedInt(in.get(i));
		}
		return length;
	}

	private Packet packet(ByteBuffer in, int length) {
		byte[] bytes = new byte[length];
		in.position(in.position() + this.headerSize).get(bytes);
		return new Packet.Bytes(bytes);
	}

	private String limitName() {
		return (this.limit < longest(this.headerSize)) ? "packet_size" : "the largest there can be";
	}

	/**
	 * Erlang sends the length modulo 256, 65,536 and so on; the receiver is then lost.
	 */
	private void requireFits(int size) {
		int longest = longest(this.headerSize);
		if (size > longest) {
			throw new IllegalArgumentException("packet of %d bytes does not fit packet %d, which ends at %d bytes"
				.formatted(size, this.headerSize, longest));
		}
	}

	/** What the header can hold, and Erlang's own bound: 2^31-1 bytes with the header. */
	private static int longest(int headerSize) {
		return (int) Math.min((1L << (8 * headerSize)) - 1, Integer.MAX_VALUE - headerSize);
	}

}
