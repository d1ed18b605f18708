package io.gentcp.spring.core;

import java.util.concurrent.Executor;

/**
 * What all connections of one client share.
 *
 * @param settings what the client is
 * @param connections those that are open, and what all have done
 * @param failures what it says when something goes wrong
 * @param virtualThreads runs each task at once, on a thread of its own
 */
record Client(GenTcpClientSettings settings, GenTcpConnections connections, ClientFailures failures,
		Executor virtualThreads) {

	static Client of(GenTcpClientSettings settings, Executor virtualThreads) {
		ConnectionSettings sending = new ConnectionSettings(Role.CLIENT, settings.name(), settings.toString(),
				settings.address(), settings.options().sendTimeout(), settings.recovery(), settings.recoveryTimeout());
		return new Client(settings, new GenTcpConnections(sending, virtualThreads), new ClientFailures(settings),
				virtualThreads);
	}

	EndpointCounters counters() {
		return this.connections.counters();
	}

}
