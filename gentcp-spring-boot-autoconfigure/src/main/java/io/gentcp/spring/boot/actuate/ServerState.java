package io.gentcp.spring.boot.actuate;

import java.util.Locale;

import io.gentcp.spring.listener.GenTcpListenerContainer;

/** Whether a server takes connections. */
enum ServerState {

	/** It accepts whoever connects. */
	LISTENING,

	/** It has as many connections as it may have; further peers wait to be accepted. */
	FULL,

	/** It was never started, or has stopped. */
	STOPPED;

	static ServerState of(GenTcpListenerContainer server) {
		if (!server.isRunning()) {
			return STOPPED;
		}
		return (server.activeConnections() < server.settings().maxConnections()) ? LISTENING : FULL;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
