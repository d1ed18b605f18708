package io.gentcp.benchmarks.peer;

import java.io.Closeable;

/** A connection of a client. Any thread may send. */
public interface Connection extends Closeable {

	/**
	 * Sends a packet, and waits as an application would that sends with this system: for
	 * as long as the system has no room for more.
	 * @param packet without its length
	 * @throws Exception if it cannot be sent
	 */
	void send(byte[] packet) throws Exception;

}
