package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.transport.Packing;

/** The options of a socket and the codec they make: always set, and read, together. */
record Framing(SocketOptions options, PacketCodec codec) implements Packing {

	static Framing of(SocketOptions options) {
		return new Framing(options, options.packets().codec());
	}

	/**
	 * Returns these options, with another codec only where packets are read differently.
	 */
	Framing with(SocketOptions changed) {
		return new Framing(changed, changed.packets().codec(this.options.packets(), this.codec));
	}

	/** Returns the same options with a codec that has seen none of the bytes at hand. */
	Framing anew() {
		return new Framing(this.options, this.options.packets().codecAnew(this.codec));
	}

	@Override
	public int size(ByteBuffer body) {
		int size = body.remaining();
		return Math.addExact(Math.addExact(this.codec.headerSize(size), size), this.codec.trailerSize());
	}

	@Override
	public void put(ByteBuffer body, ByteBuffer target) {
		int size = body.remaining();
		this.codec.encodeHeader(size, target);
		target.put(target.position(), body, body.position(), size).position(target.position() + size);
		this.codec.encodeTrailer(size, target);
	}

	/** Takes the next packet; of a raw stream at most what the option buffer allows. */
	DecodeResult decode(ByteBuffer in) {
		int most = this.options.buffer();
		if (most == 0 || in.remaining() <= most || this.options.packet().isFramed()) {
			return this.codec.decode(in);
		}
		int end = in.limit();
		try {
			return this.codec.decode(in.limit(in.position() + most));
		}
		finally {
			in.limit(end);
		}
	}

	/** Returns a packet that was decoded as the application gets it. */
	Packet delivered(Packet packet) {
		return this.options.packets().delivered(packet);
	}

}
