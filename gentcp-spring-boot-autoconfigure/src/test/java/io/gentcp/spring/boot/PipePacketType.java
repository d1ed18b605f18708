package io.gentcp.spring.boot;

import java.nio.ByteBuffer;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;

/**
 * An application's own packet type: a packet ends with a pipe.
 *
 * <pre>  68 69 7c   →   "hi"</pre>
 */
record PipePacketType() implements PacketType, PacketCodec {

	@Override
	public String name() {
		return "pipe";
	}

	@Override
	public PacketCodec codec(PacketLimits limits) {
		return this;
	}

	@Override
	public DecodeResult decode(ByteBuffer in) {
		for (int at = in.position(); at < in.limit(); at++) {
			if (in.get(at) == '|') {
				byte[] packet = new byte[at - in.position()];
				in.get(packet).get();
				return new Packet.Bytes(packet);
			}
		}
		return More.UNKNOWN;
	}

	@Override
	public int trailerSize() {
		return 1;
	}

	@Override
	public void encodeTrailer(int encodedSize, ByteBuffer out) {
		out.put((byte) '|');
	}

}
