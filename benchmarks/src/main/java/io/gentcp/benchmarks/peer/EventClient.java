package io.gentcp.benchmarks.peer;

/** A client that is called for each packet that comes, on a thread of the system's. */
public non-sealed interface EventClient extends Client {

	/**
	 * Opens a connection.
	 * @param listener called for what comes on it, one packet after the other
	 * @throws Exception if there is none
	 */
	Connection connect(PacketListener listener) throws Exception;

	/** Is told what comes on a connection. Does not block. */
	interface PacketListener {

		/**
		 * An echo has come back. What is sent from here must not wait.
		 * @param connection on which it came, and on which the next one is sent
		 */
		void echoed(Connection connection);

		/** The server has said how many packets it has counted. */
		void counted(long packets);

		/** A packet has come: one of the two above. */
		default void received(Connection connection, byte[] packet) {
			if (packet[0] == Served.ECHO) {
				echoed(connection);
			}
			else {
				counted(Served.count(packet));
			}
		}

	}

}
