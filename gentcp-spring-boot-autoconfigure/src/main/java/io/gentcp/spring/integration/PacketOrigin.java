package io.gentcp.spring.integration;

import java.nio.charset.Charset;

/**
 * The server or client whose packets an inbound endpoint handles. The lifecycle lock of
 * the endpoint guards its state.
 */
sealed interface PacketOrigin permits HandledServer, HandledClient {

	/** Returns the charset of its text. */
	Charset charset();

	/**
	 * Has its packets handled by the endpoint, before either is started.
	 * @throws IllegalStateException if somebody else is known to handle them
	 */
	void handle();

	/** Starts it, unless it is started already: packets may reach the endpoint. */
	void start();

	/** Lets no further packet reach the endpoint, started or not. */
	void stop();

	/** The same without waiting; the callback runs when packets have been handled. */
	void stop(Runnable callback);

	/** Lets somebody else handle its packets, for the endpoint is stopped for good. */
	void release();

}
