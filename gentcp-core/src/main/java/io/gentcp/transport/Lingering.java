package io.gentcp.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that are closed and still bring out what is queued. Pollers do that;
 * here is who waits for it, and for how long.
 */
final class Lingering {

	private final Set<InetTransport> connections = ConcurrentHashMap.newKeySet();

	void add(InetTransport connection) {
		this.connections.add(connection);
	}

	void remove(InetTransport connection) {
		this.connections.remove(connection);
	}

	/**
	 * Waits for all, as long as one of them gets on, and then forgets what is queued. An
	 * interrupt ends the wait and leaves the interrupt flag set.
	 * @param idle how long to wait without a byte out
	 * @param most how long to wait in any case
	 */
	void close(Duration idle, Duration most) {
		await(this.connections, idle, most);
		this.connections.forEach(InetTransport::abort);
	}

	/** Waits for one in the same way; the poller goes on with it afterwards. */
	static void await(InetTransport connection, Duration idle, Duration most) {
		await(Set.of(connection), idle, most);
	}

	private static void await(Set<InetTransport> connections, Duration idle, Duration most) {
		Deadline last = Deadline.after(most);
		try {
			long before;
			do {
				before = bytesOut(connections);
			}
			while (!areClosed(connections, Deadline.after(idle), last) && !last.hasPassed()
					&& bytesOut(connections) > before);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean areClosed(Set<InetTransport> connections, Deadline idle, Deadline last)
			throws InterruptedException {
		for (InetTransport connection : connections) {
			long nanos = Math.min(idle.remainingNanos(), last.remainingNanos());
			if (!connection.isClosedWithin(Duration.ofNanos(Math.max(0, nanos)))) {
				return false;
			}
		}
		return true;
	}

	private static long bytesOut(Set<InetTransport> connections) {
		return connections.stream().mapToLong(InetTransport::bytesOut).sum();
	}

}
