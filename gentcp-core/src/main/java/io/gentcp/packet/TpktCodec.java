package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * ISO transport packets over TCP (RFC 1006), as H.323 and S7 use them: {@code {packet,
 * tpkt}}. Four bytes of header, whose last two hold the length with the header. Delivered
 * with it. The codec keeps no state.
 *
 * <pre>
 *   03 | 00 | 00 09 | 68 65 6c 6c 6f   "hello" with its header
 *   03 | 00 | 00 03                    invalid: shorter than its header
 * </pre>
 *
 * @param body takes what the header has announced
 */
record TpktCodec(AnnouncedBody body) implements PacketCodec {

	private static final int HEADER_SIZE = 4;

	private static final int VERSION = 3;

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < HEADER_SIZE) {
			return More.UNKNOWN;
		}
		if (AnnouncedBody.octet(in, 0) != VERSION) {
			return Invalid.of("no TPKT packet of version 3", in);
		}
		long total = AnnouncedBody.number(in, 2, 2);
		if (total < HEADER_SIZE) {
			return Invalid.of("packet of %d bytes, its header alone has %d".formatted(total, HEADER_SIZE), in);
		}
		return this.body.withHeader(in, HEADER_SIZE, total - HEADER_SIZE);
	}

}
