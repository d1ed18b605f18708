package io.gentcp;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Who is to be told that this side of a socket was closed. Any thread may call it, and
 * nobody waits: each change makes a new state, and most sockets keep the first one.
 */
final class Monitors {

	private final AtomicReference<State> state = new AtomicReference<>(State.NOBODY_WAITS);

	/** Adds a monitor; the caller tells it if the socket is closed already. */
	boolean add(SocketMonitor monitor) {
		return !this.state.updateAndGet((state) -> state.with(monitor)).closed();
	}

	/** Takes a monitor out; returns whether it was still waiting. */
	boolean remove(SocketMonitor monitor) {
		return this.state.getAndUpdate((state) -> state.without(monitor)).waiting().contains(monitor);
	}

	/** Tells all of them, once. */
	void closed(TcpSocket socket) {
		this.state.getAndSet(State.CLOSED).waiting().forEach((monitor) -> monitor.tell(socket));
	}

	/**
	 * Whether the socket is closed, or who waits for that.
	 */
	private record State(boolean closed, List<SocketMonitor> waiting) {

		static final State NOBODY_WAITS = new State(false, List.of());

		static final State CLOSED = new State(true, List.of());

		State with(SocketMonitor monitor) {
			return this.closed ? this
					: new State(false, Stream.concat(this.waiting.stream(), Stream.of(monitor)).toList());
		}

		State without(SocketMonitor monitor) {
			return new State(this.closed, this.waiting.stream().filter((waiting) -> waiting != monitor).toList());
		}

	}

}
