package io.gentcp.benchmarks.comparison;

import java.io.PrintStream;
import java.time.Duration;

/** Tells whoever waits how far it is, and how long it will still take. */
final class Progress {

	private static final int SECONDS = 60;

	private final PrintStream out;

	private final int total;

	private final long begin = System.nanoTime();

	private int done;

	Progress(PrintStream out, int total) {
		this.out = out;
		this.total = total;
	}

	/** One more is done. */
	void done(String what) {
		this.done++;
		Duration left = Duration.ofNanos((System.nanoTime() - this.begin) / this.done * (this.total - this.done));
		this.out.printf("[%d of %d, %d:%02d left] %s%n", this.done, this.total, left.toMinutes(),
				left.toSeconds() % SECONDS, what);
	}

}
