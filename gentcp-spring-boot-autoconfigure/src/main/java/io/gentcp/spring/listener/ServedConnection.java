package io.gentcp.spring.listener;

/** One connection of a server while it is served: what its thread runs. */
sealed interface ServedConnection extends Runnable permits PacketLoop, InlineConnection, WholeConnection {

	/**
	 * Ends it as soon as nothing is being handled. Does not wait. Any thread may call.
	 */
	void stop();

	/** Closes the connection, whatever it is doing. Any thread may call. */
	void close();

}
