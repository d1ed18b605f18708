package io.gentcp.transport;

import java.nio.ByteBuffer;

/**
 * Puts a packet's header and trailer around its body, for a transport that copies small
 * packets to where they are written from. It runs under the lock of the send queue, so it
 * must be brief, and must not call the connection.
 */
public interface Packing {

	/** Returns the size of the packet with this body, header and trailer included. */
	int size(ByteBuffer body);

	/**
	 * Puts exactly so many bytes. Position and limit of the body do not move.
	 * @param target has room for them, and may be direct
	 */
	void put(ByteBuffer body, ByteBuffer target);

}
