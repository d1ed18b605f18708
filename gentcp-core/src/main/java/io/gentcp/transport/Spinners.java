package io.gentcp.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many threads of an engine may spin at a time, and for how long: at most half of the
 * processors, so that whoever they wait for has one to run on. As long as it does not pay
 * anywhere, as with many connections that take turns, few of them may: a place that has
 * not learned yet need not learn it on its own.
 */
final class Spinners {

	private static final int MOST_CREDIT = 32;

	/** Without credit one of so many may spin, and find out whether it pays again. */
	private static final int ONE_OF = 32;

	private final AtomicInteger free;

	private final long nanos;

	/** Rises with every spin that pays, and falls with every other. */
	private final AtomicInteger credit = new AtomicInteger(MOST_CREDIT);

	private final AtomicInteger withoutCredit = new AtomicInteger();

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
		return free > 0 && hasCredit() && this.free.compareAndSet(free, free - 1);
	}

	private boolean hasCredit() {
		return this.credit.get() > 0 || this.withoutCredit.incrementAndGet() % ONE_OF == 0;
	}

	/** The spin is over. */
	void leave(boolean found) {
		this.free.incrementAndGet();
		int credit = this.credit.get();
		int next = found ? Math.min(credit + 1, MOST_CREDIT) : Math.max(credit - 1, 0);
		if (next != credit) {
			// If another thread is faster, this spin does not count.
			this.credit.compareAndSet(credit, next);
		}
	}

}
