package io.gentcp.test;

import java.time.Duration;

/**
 * A moment up to which something may wait.
 *
 * @param limit the {@link System#nanoTime} of that moment, unless it never comes
 * @param never whether it never comes
 */
record Deadline(long limit, boolean never) {

	static final Deadline NEVER = new Deadline(0, true);

	static Deadline after(Duration duration) {
		return new Deadline(System.nanoTime() + saturatedNanos(duration), false);
	}

	/**
	 * Returns the time left: zero or less when the deadline has passed.
	 */
	long remainingNanos() {
		return this.never ? Long.MAX_VALUE : this.limit - System.nanoTime();
	}

	boolean hasPassed() {
		return remainingNanos() <= 0;
	}

	/**
	 * Returns the time left for a {@code select}, to which 0 would mean for ever.
	 */
	long remainingMillis() {
		return this.never ? 0 : Math.max(1, remainingNanos() / 1_000_000 + 1);
	}

	private static long saturatedNanos(Duration duration) {
		Duration most = Duration.ofNanos(Long.MAX_VALUE / 2);
		return (duration.compareTo(most) < 0) ? duration.toNanos() : most.toNanos();
	}

}
