package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * TLS records as they are on the wire, encrypted or not: {@code {packet, ssl_tls}}, to
 * look into a stream. The codec keeps no state.
 *
 * <pre>
 *   16 | 03 03 | 00 05 | 68 65 6c 6c 6f   content type 22, version 3.3, "hello"
 *   80 08 | 01 | 03 01 | 68 65 6c 6c 6f   an SSL 2 hello, delivered as a handshake of TLS:
 *                                         content type 22, version 3.1, 01 00 00 07 03 01 "hello"
 * </pre>
 *
 * @param body takes what the header has announced
 */
record TlsRecordCodec(AnnouncedBody body) implements PacketCodec {

	private static final int HEADER_SIZE = 5;

	/** How much of the header of an SSL 2 hello is no part of what is delivered. */
	private static final int SSL2_HEADER_SIZE = 3;

	private static final int HANDSHAKE = 22;

	private static final int CLIENT_HELLO = 1;

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < HEADER_SIZE) {
			return More.UNKNOWN;
		}
		if (AnnouncedBody.octet(in, 0) >= 0x80 && AnnouncedBody.octet(in, 2) == CLIENT_HELLO) {
			return ssl2(in);
		}
		int contentType = AnnouncedBody.octet(in, 0);
		int major = AnnouncedBody.octet(in, 1);
		int minor = AnnouncedBody.octet(in, 2);
		return switch (this.body.withoutHeader(in, HEADER_SIZE, AnnouncedBody.number(in, 3, 2))) {
			case Packet.Bytes(byte[] data) -> new Packet.TlsRecord(contentType, major, minor, data);
			case DecodeResult other -> other;
		};
	}

	/** Two bytes of length, 01, two of version. The version is a part of the hello. */
	private DecodeResult ssl2(ByteBuffer in) {
		long length = (AnnouncedBody.number(in, 0, 2) & 0x7fff) - SSL2_HEADER_SIZE;
		if (length < 0) {
			return Invalid.of("SSL 2 hello without a version", in);
		}
		int major = AnnouncedBody.octet(in, 3);
		int minor = AnnouncedBody.octet(in, 4);
		return switch (this.body.withHeader(in, HEADER_SIZE, length)) {
			case Packet.Bytes(byte[] hello) -> new Packet.TlsRecord(HANDSHAKE, major, minor, handshake(hello));
			case DecodeResult other -> other;
		};
	}

	private static byte[] handshake(byte[] hello) {
		int size = hello.length - SSL2_HEADER_SIZE;
		return ByteBuffer.allocate(4 + size)
			.putInt(CLIENT_HELLO << 24 | size)
			.put(hello, SSL2_HEADER_SIZE, size)
			.array();
	}

}
