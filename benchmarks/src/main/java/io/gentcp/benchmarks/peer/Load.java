package io.gentcp.benchmarks.peer;

import java.time.Duration;

/** How a client of one form makes load, on connections that it opens for that. */
sealed interface Load permits CallingLoad, EventLoad, RequestLoad {

	/** Returns the one for this form of client. */
	static Load of(Client client) {
		return switch (client) {
			case CallingClient calling -> new CallingLoad(calling);
			case EventClient event -> new EventLoad(event);
			case RequestClient request -> new RequestLoad(request);
		};
	}

	/**
	 * Sends packets that come back, for a while.
	 * @param inFlight how many are out at once on each connection
	 * @throws Exception if one does not come back
	 */
	Measured exchange(int connections, int payload, int inFlight, Duration length) throws Exception;

	/**
	 * Opens a connection that streams.
	 * @throws Exception if there is none
	 */
	StreamConnection openStream() throws Exception;

	/**
	 * Opens a connection that stays idle, after one packet has come back on it: so the
	 * server has accepted it.
	 * @throws Exception if there is none
	 */
	Connection openIdle() throws Exception;

	/** A connection on which nothing comes back but how many packets arrived. */
	interface StreamConnection extends Connection {

		/**
		 * Asks the receiver how many packets have arrived, and waits for the answer.
		 * @throws Exception if there is none
		 */
		long arrived() throws Exception;

	}

}
