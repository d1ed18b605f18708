package io.gentcp.transport;

import java.nio.ByteBuffer;

/**
 * Puts a packet's header and trailer around its body, for a transport that copies small
 * packets to where they are written from. It runs where it holds up other senders, so it
 * must be brief, and must not call the connection.
 *
 * @param <B> what bodies are: bytes to be borrowed
 */
public interface Packing<B> {

	/**
	 * Returns the size of the packet with this body, header and trailer included.
	 * @throws IllegalArgumentException if the body cannot be one of a packet
	 */
	int size(B body);

	/**
	 * Puts exactly so many bytes. Nothing of the body changes.
	 * @param target has room for them, and may be direct
	 */
	void put(B body, ByteBuffer target);

	/** Returns the same packet as a write, which borrows the body. */
	Write write(B body);

	/**
	 * Returns the same: one of these writes, if where the body is cannot change while it
	 * is borrowed.
	 */
	default Write write(B body, WritePool writes) {
		return write(body);
	}

}
