package io.gentcp.spring.load;

/** A server with packet 4 that answers each packet with {@link ServedPackets#replyTo}. */
interface LoadedServer extends AutoCloseable {

	int port();

	/** Returns how many connections it has. */
	int connections();

	@Override
	void close();

}
