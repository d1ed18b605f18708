package io.gentcp.spring.core;

import java.util.concurrent.Executor;

/**
 * What all connections of one client share.
 *
 * @param settings what the client is
 * @param counters what it has done
 * @param failures what it says when something goes wrong
 * @param virtualThreads runs each task at once, on a thread of its own
 */
record Client(GenTcpClientSettings settings, ClientCounters counters, Failures failures, Executor virtualThreads) {

	static Client of(GenTcpClientSettings settings, Executor virtualThreads) {
		return new Client(settings, new ClientCounters(), new Failures(settings), virtualThreads);
	}

}
