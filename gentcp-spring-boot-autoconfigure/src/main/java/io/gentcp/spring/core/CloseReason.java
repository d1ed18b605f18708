package io.gentcp.spring.core;

import java.util.Locale;

/** What kind of thing ended a connection. */
public enum CloseReason {

	/** The peer ended its stream. */
	PEER,

	/** This application closed the connection. */
	LOCAL,

	/** A packet was not out at its send timeout, and nothing could follow. */
	SEND_TIMEOUT,

	/** The rest of a partial packet could not be sent in time. */
	RECOVERY,

	/** The peer sent what is no packet. */
	PROTOCOL,

	/** A packet found no room in the queue of the inet backend. */
	OVERLOAD,

	/** The client was closed, or the server stopped. */
	SHUTDOWN,

	/** The connection broke, or whoever handled a packet failed. */
	ERROR;

	/** Shows it as events and meters do: {@code send_timeout}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
