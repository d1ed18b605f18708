package io.gentcp.spring.core;

import io.gentcp.packet.Packet;

/**
 * Whoever wants to know the size of every packet of a client or a server. Called on the
 * thread that sends or receives, by many threads at once; it must be brief and not throw.
 */
public interface PacketSizes {

	/**
	 * A packet has begun to be sent, whether or not it will be out in time.
	 * @param bytes its size as its sender gave it, without what the packet type adds
	 */
	void sent(int bytes);

	/** A packet has arrived. */
	void received(Packet packet);

}
