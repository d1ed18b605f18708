package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * GIOP messages of CORBA: {@code {packet, cdr}}. Twelve bytes of header, of which the
 * lowest bit of the seventh says in which order the last four hold the length. Delivered
 * with the header. The codec keeps no state.
 *
 * <pre>
 *   "GIOP" | 01 02 | 00 | 00 | 00 00 00 05 | 68 65 6c 6c 6f   big-endian
 *   "GIOP" | 01 02 | 01 | 00 | 05 00 00 00 | 68 65 6c 6c 6f   little-endian
 * </pre>
 *
 * @param body takes what the header has announced
 */
record CdrCodec(AnnouncedBody body) implements PacketCodec {

	private static final int HEADER_SIZE = 12;

	/** "GIOP". */
	private static final long MAGIC = 0x47494f50;

	private static final int FLAGS_AT = 6;

	private static final int LITTLE_ENDIAN = 1;

	private static final int LENGTH_AT = 8;

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < HEADER_SIZE) {
			return More.UNKNOWN;
		}
		if (AnnouncedBody.number(in, 0, 4) != MAGIC) {
			return Invalid.of("no GIOP message", in);
		}
		int length = (int) AnnouncedBody.number(in, LENGTH_AT, 4);
		if ((AnnouncedBody.octet(in, FLAGS_AT) & LITTLE_ENDIAN) != 0) {
			length = Integer.reverseBytes(length);
		}
		return this.body.withHeader(in, HEADER_SIZE, Integer.toUnsignedLong(length));
	}

}
