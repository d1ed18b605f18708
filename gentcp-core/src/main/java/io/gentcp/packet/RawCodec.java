package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * The stream as it is: {@code {packet, raw | 0}}. Whatever has arrived is a packet, and
 * {@code packet_size} does not limit it.
 *
 * <pre>  68 65 6c 6c 6f   →   "hello"</pre>
 */
final class RawCodec implements PacketCodec {

	/** Keeps no state, so that one serves every connection. */
	static final RawCodec INSTANCE = new RawCodec();

	private RawCodec() {
	}

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (!in.hasRemaining()) {
			return More.UNKNOWN;
		}
		byte[] bytes = new byte[in.remaining()];
		in.get(bytes);
		return new Packet.Bytes(bytes);
	}

}
