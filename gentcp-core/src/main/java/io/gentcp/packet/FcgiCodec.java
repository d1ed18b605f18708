package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * FastCGI records: {@code {packet, fcgi}}. Eight bytes of header with the length of the
 * content and of the padding behind it. Header and content are delivered, the padding is
 * not; the header still announces it. The codec keeps no state.
 *
 * <pre>
 *   01 | 06 | 00 01 | 00 05 | 03 | 00 | 68 65 6c 6c 6f | 00 00 00
 *   version   id      length  padding
 * </pre>
 *
 * @param body takes what the header has announced; content and padding together are
 * limited by {@code packet_size}
 */
record FcgiCodec(AnnouncedBody body) implements PacketCodec {

	private static final int HEADER_SIZE = 8;

	private static final int VERSION = 1;

	private static final int LENGTH_AT = 4;

	private static final int PADDING_AT = 6;

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < HEADER_SIZE) {
			return More.UNKNOWN;
		}
		if (AnnouncedBody.octet(in, 0) != VERSION) {
			return Invalid.of("no FastCGI record of version 1", in);
		}
		int padding = AnnouncedBody.octet(in, PADDING_AT);
		return this.body.withoutPadding(in, HEADER_SIZE, AnnouncedBody.number(in, LENGTH_AT, 2) + padding, padding);
	}

}
