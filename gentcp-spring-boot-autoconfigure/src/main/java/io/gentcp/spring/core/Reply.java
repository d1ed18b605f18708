package io.gentcp.spring.core;

import io.gentcp.packet.Packet;

/** How a request ended. */
sealed interface Reply {

	/** Its reply has arrived. */
	record Arrived(Packet packet) implements Reply {
	}

	/** The connection ended before the reply came. */
	record Lost(ConnectionEnd end) implements Reply {
	}

	/** Whoever sent it waits no longer; the reply is dropped when it comes. */
	record GivenUp() implements Reply {

		static final GivenUp INSTANCE = new GivenUp();

	}

}
