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
 *   00 10 00 00 | 68 65            →   invalid, if packet_size is 65,536
 * </pre>
 *
 * @param headerSize the number of bytes that hold the length
 * @param body takes what the header has announced
 */
record LengthPrefixCodec(int headerSize, AnnouncedBody body) implements PacketCodec {

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < this.headerSize) {
			return More.UNKNOWN;
		}
		return this.body.withoutHeader(in, this.headerSize, AnnouncedBody.number(in, 0, this.headerSize));
	}

	@Override
	public ByteBuffer encode(ByteBuffer payload) {
		requireFits(payload.remaining());
		return payload;
	}

	@Override
	public int headerSize(int encodedSize) {
		requireFits(encodedSize);
		return this.headerSize;
	}

	@Override
	public void encodeHeader(int encodedSize, ByteBuffer out) {
		requireFits(encodedSize);
		for (int shift = 8 * (this.headerSize - 1); shift >= 0; shift -= 8) {
			out.put((byte) (encodedSize >>> shift));
		}
	}

	/**
	 * Erlang sends the length modulo 256, 65,536 and so on; the receiver is then lost.
	 * The largest packet has 2^31-1 bytes with its header.
	 */
	private void requireFits(int size) {
		long longest = Math.min((1L << (8 * this.headerSize)) - 1, Integer.MAX_VALUE - this.headerSize);
		if (size > longest) {
			throw new IllegalArgumentException("packet of %d bytes does not fit packet %d, which ends at %d bytes"
				.formatted(size, this.headerSize, longest));
		}
	}

}
