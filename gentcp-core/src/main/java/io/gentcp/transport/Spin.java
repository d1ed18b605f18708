package io.gentcp.transport;

/**
 * Whether a thread looks again for a moment before it goes to sleep, at one place where
 * threads wait. Waking a thread costs several times what the answer to a small packet
 * takes; but where no answer comes within the moment, spinning is waste. So each place
 * learns: after spins that found nothing it goes to sleep at once, twice as many times
 * after each, and tries again then, or as soon as it was woken within the time of a spin.
 * In a {@link Crowd} nobody spins. For one thread at a time.
 *
 * <pre>{@code
 * if (spin.begin()) {
 *     do { found = look(); } while (!found && spin.goesOn());
 *     spin.end(found);
 * }
 * if (!found) {
 *     sleep();
 *     spin.woke();
 * }
 * }</pre>
 */
final class Spin {

	/** Spins in vain that are not held against the place. */
	private static final int FREE_MISSES = 2;

	/** At most this many times the number of waits without a spin is doubled. */
	private static final int MOST_DOUBLINGS = 5;

	private final Spinners spinners;

	private final Crowd crowd;

	private long end;

	private int misses;

	/** How many waits go to sleep at once before the next spin. */
	private int withoutSpin;

	/** When the last wait that goes to sleep at once began. */
	private long asleepSince;

	Spin(Spinners spinners, Crowd crowd) {
		this.spinners = spinners;
		this.crowd = crowd;
	}

	/** Returns whether this thread spins now; then it has to {@link #end} it. */
	boolean begin() {
		if (this.crowd.isLarge()) {
			return false;
		}
		if (this.withoutSpin > 0) {
			this.withoutSpin--;
			this.asleepSince = System.nanoTime();
			return false;
		}
		if (!this.spinners.enter()) {
			return false;
		}
		this.end = System.nanoTime() + this.spinners.nanos();
		return true;
	}

	/** Returns whether to look once more. */
	boolean goesOn() {
		Thread.onSpinWait();
		return !this.crowd.isLarge() && System.nanoTime() - this.end < 0;
	}

	/** Learns from what came of it. */
	void end(boolean found) {
		this.spinners.leave();
		if (found) {
			this.misses = 0;
		}
		else {
			this.misses = Math.min(this.misses + 1, FREE_MISSES + MOST_DOUBLINGS);
			this.withoutSpin = (1 << Math.max(0, this.misses - FREE_MISSES)) - 1;
		}
	}

	/**
	 * Learns from a wait without a spin that has just ended: if a spin would have found
	 * what came, the next wait spins.
	 */
	void woke() {
		if (this.withoutSpin > 0 && System.nanoTime() - this.asleepSince < this.spinners.nanos()) {
			this.withoutSpin = 0;
		}
	}

}
