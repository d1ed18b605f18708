package io.gentcp.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many threads of an engine may spin at a time, and for how long: at most half of the
 * processors, so that whoever they wait for has one to run on.
 */
final class Spinners {

	private final AtomicInteger free;

	private final long nanos;

	Spinners(Duration spin) {
		int processors = Runtime.getRuntime().availableProcessors();
		this.free = new AtomicInteger(spin.isZero() ? 0 : processors / 2);
		this.nanos = spin.toNanos();
	}

	/** Returns the time of one spin in nanoseconds. */
	long nanos() {
		return this.nanos;
	}

	/** Returns whether one more thread may spin; then it has to {@link #leave}. */
	boolean enter() {
		int free = this.free.get();
		return free > 0 && this.free.compareAndSet(free, free - 1);
	}

	/** The spin is over. */
	void leave() {
		this.free.incrementAndGet();
	}

}
