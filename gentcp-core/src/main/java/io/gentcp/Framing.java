package io.gentcp;

import io.gentcp.packet.PacketCodec;

/** The options of a socket and the codec they make: always set, and read, together. */
record Framing(SocketOptions options, PacketCodec codec) {

	static Framing of(SocketOptions options) {
		return new Framing(options, options.packet().codec(options.packetLimits()));
	}

	/**
	 * Returns these options, with a new codec only where packets are read differently.
	 */
	Framing with(SocketOptions changed) {
		boolean same = changed.packet().equals(this.options.packet())
				&& changed.packetLimits().equals(this.options.packetLimits());
		return same ? new Framing(changed, this.codec) : of(changed);
	}

}
