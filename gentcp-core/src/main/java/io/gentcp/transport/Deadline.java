package io.gentcp.transport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The moment at which a wait ends. It is taken once, when a call begins, so that
 * everything the call waits for counts against one timeout.
 *
 * @param nanoTime the moment on the clock of {@link System#nanoTime()}; ignored when
 * infinite
 * @param infinite true for a wait without end, whatever the moment
 */
public record Deadline(long nanoTime, boolean infinite) {

	/** Waits for ever. */
	public static final Deadline INFINITE = new Deadline(0, true);

	/** Longer timeouts are infinite: beyond this the nanosecond clock could wrap. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

	/**
	 * Returns the deadline that passes when the given time has gone by from now.
	 * @param timeout the time to wait, zero or more; anything above 146 years waits for
	 * ever
	 * @throws IllegalArgumentException if the timeout is negative
	 */
	public static Deadline after(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("timeout is %s; it must be zero or more".formatted(timeout));
		}
		if (timeout.compareTo(LONGEST) > 0) {
			return INFINITE;
		}
		return new Deadline(System.nanoTime() + timeout.toNanos(), false);
	}

	/**
	 * Returns the time left in nanoseconds: zero or less when the deadline has passed.
	 */
	public long remainingNanos() {
		return this.infinite ? Long.MAX_VALUE : this.nanoTime - System.nanoTime();
	}

	/** Returns whether the deadline has passed; an infinite one never does. */
	public boolean hasPassed() {
		return !this.infinite && remainingNanos() <= 0;
	}

	/** Returns this, or the moment after so long a time if that is sooner. */
	Deadline orSooner(Duration timeout) {
		Deadline other = after(timeout);
		return (other.remainingNanos() < remainingNanos()) ? other : this;
	}

	/** Returns this, or on a thread that must not wait, one that has passed. */
	public Deadline forThisThread() {
		return Poller.isCurrentThread() ? after(Duration.ZERO) : this;
	}

	/** Parks the thread until the deadline, or until something else ends a park. */
	void park(Object blocker) {
		if (this.infinite) {
			LockSupport.park(blocker);
		}
		else {
			LockSupport.parkNanos(blocker, remainingNanos());
		}
	}

}
