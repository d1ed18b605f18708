package io.gentcp.spring.listener;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What decides between the thread that handles the packets of a connection and whoever
 * stops it: a packet that was begun before is handled and answered, none is begun after.
 * Any thread may call any method; none waits.
 */
final class HandlingState {

	private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);

	/** Returns whether the packet that was received may be handled. */
	boolean begin() {
		return this.state.compareAndSet(State.RECEIVING, State.HANDLING);
	}

	/** Returns whether there may be another packet after the one that was handled. */
	boolean end() {
		return this.state.compareAndSet(State.HANDLING, State.RECEIVING);
	}

	/** Stops; returns whether nothing is being handled, so that it may be closed now. */
	boolean stop() {
		return this.state.getAndSet(State.STOPPED) == State.RECEIVING;
	}

	private enum State {

		RECEIVING, HANDLING, STOPPED

	}

}
