package io.gentcp.benchmarks.peer;

/** A client whose threads send, and wait for what comes. */
public non-sealed interface CallingClient extends Client {

	/**
	 * Opens a connection.
	 * @throws Exception if there is none
	 */
	CallingConnection connect() throws Exception;

	/** A connection that a thread receives from. */
	interface CallingConnection extends Connection {

		/**
		 * Waits for the next packet. One thread at a time.
		 * @return the packet without its length
		 * @throws Exception if none comes any more
		 */
		byte[] receive() throws Exception;

	}

}
