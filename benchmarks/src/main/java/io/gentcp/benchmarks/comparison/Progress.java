package io.gentcp.benchmarks.comparison;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Tells whoever waits how far it is, and how long it will still take: by how much longer
 * or shorter than planned what is done took.
 */
final class Progress {

	private static final int SECONDS = 60;

	private final PrintStream out;

	private final int total;

	private final long begin = System.nanoTime();

	private int done;

	private final Duration planned;

	private Duration plannedOfDone = Duration.ZERO;

	/**
	 * Begins.
	 * @param total how much there is to be done
	 * @param planned about how long all of it takes
	 */
	Progress(PrintStream out, int total, Duration planned) {
		this.out = out;
		this.total = total;
		this.planned = planned;
	}

	/**
	 * One more is done.
	 * @param planned about how long it was to take
	 */
	void done(String what, Duration planned) {
		this.done++;
		this.plannedOfDone = this.plannedOfDone.plus(planned);
		Duration left = left(Duration.ofNanos(System.nanoTime() - this.begin));
		this.out.printf("[%d of %d, %d:%02d left] %s%n", this.done, this.total, left.toMinutes(),
				left.toSeconds() % SECONDS, what);
	}

	private Duration left(Duration taken) {
		Duration plannedOfRest = this.planned.minus(this.plannedOfDone);
		double nanos = (double) taken.toNanos() / this.plannedOfDone.toNanos() * plannedOfRest.toNanos();
		return Duration.ofNanos((long) nanos);
	}

}
