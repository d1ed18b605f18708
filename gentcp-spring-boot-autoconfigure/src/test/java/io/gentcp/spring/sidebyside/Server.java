package io.gentcp.spring.sidebyside;

import org.springframework.messaging.Message;

/** A flow with a listen socket at its end. */
interface Server extends AutoCloseable {

	int port();

	/** Waits for the next packet that comes in. */
	Message<?> receiveMessage();

	/** Returns the name of the connection that a packet came from. */
	String connectionOf(Message<?> message);

	/** Sends a packet to a connection, on this thread. */
	void send(String connection, byte[] packet);

	/** Returns how many connections are open, as far as the library has noticed. */
	int openConnections();

	@Override
	void close();

}
