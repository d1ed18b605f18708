package io.gentcp;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;

/** The options of a socket and the codec they make: always set, and read, together. */
record Framing(SocketOptions options, PacketCodec codec) {

	static Framing of(SocketOptions options) {
		return new Framing(options, options.packets().codec());
	}

	/**
	 * Returns these options, with another codec only where packets are read differently.
	 */
	Framing with(SocketOptions changed) {
		return new Framing(changed, changed.packets().codec(this.options.packets(), this.codec));
	}

	/** Returns a packet that was decoded as the application gets it. */
	Packet delivered(Packet packet) {
		return this.options.packets().delivered(packet);
	}

}
