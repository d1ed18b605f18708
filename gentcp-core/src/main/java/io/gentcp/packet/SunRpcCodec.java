package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * Fragments of Sun RPC records: {@code {packet, sunrm}}. Four bytes of length in front,
 * of which the highest bit marks the last fragment of a record and does not count.
 * Delivered with them. The codec keeps no state.
 *
 * <pre>
 *   80 00 00 05 | 68 65 6c 6c 6f   the last fragment, 5 bytes
 *   00 00 00 02 | 68 65            a fragment with others to come
 * </pre>
 *
 * @param body takes what the header has announced
 */
record SunRpcCodec(AnnouncedBody body) implements PacketCodec {

	private static final int HEADER_SIZE = 4;

	private static final long LENGTH = 0x7fff_ffff;

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < HEADER_SIZE) {
			return More.UNKNOWN;
		}
		return this.body.withHeader(in, HEADER_SIZE, AnnouncedBody.number(in, 0, HEADER_SIZE) & LENGTH);
	}

}
