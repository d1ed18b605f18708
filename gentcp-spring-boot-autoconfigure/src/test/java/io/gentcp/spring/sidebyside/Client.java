package io.gentcp.spring.sidebyside;

/** A flow that sends packets, and perhaps gets some. */
interface Client extends AutoCloseable {

	/** Sends a message into the flow, on this thread. */
	void send(byte[] packet);

	/** Waits for the next packet that comes in. */
	byte[] receive();

	/** Returns how many connections are open, as far as the library has noticed. */
	int openConnections();

	@Override
	void close();

}
