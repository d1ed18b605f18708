package io.gentcp.spring.boot.actuate;

import java.util.Locale;
import java.util.Optional;

import io.gentcp.spring.core.ConnectFailure;
import io.gentcp.spring.core.GenTcpTemplate;

/** Whether the packets of a client have somewhere to go; asking opens no connection. */
enum ClientState {

	/** There is a connection. */
	CONNECTED,

	/**
	 * There is none, and none that was wanted could not be had: the next use opens it.
	 */
	IDLE,

	/** The last attempt to connect has failed. */
	UNREACHABLE;

	static ClientState of(GenTcpTemplate client) {
		return of(client, client.connections().connectFailure());
	}

	static ClientState of(GenTcpTemplate client, Optional<ConnectFailure> failure) {
		if (client.isConnected()) {
			return CONNECTED;
		}
		return failure.isPresent() ? UNREACHABLE : IDLE;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
