package io.gentcp.benchmarks.peer;

/** A client whose threads send a request and wait for its reply. */
public non-sealed interface RequestClient extends Client {

	/**
	 * Opens a connection.
	 * @throws Exception if there is none
	 */
	RequestConnection connect() throws Exception;

	/**
	 * Opens a connection on which one packet has come back and nothing else is sent.
	 * @throws Exception if there is none
	 */
	Connection connectIdle() throws Exception;

	/** A connection that many threads send requests on, at the same time. */
	interface RequestConnection extends Connection {

		/**
		 * Sends a request and waits for its reply.
		 * @return the reply without its length
		 * @throws Exception if there is none
		 */
		byte[] request(byte[] packet) throws Exception;

	}

}
