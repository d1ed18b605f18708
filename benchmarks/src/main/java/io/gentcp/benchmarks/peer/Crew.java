package io.gentcp.benchmarks.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Threads that all do the same until the time is up. What one of them throws ends the
 * work of all. One thread, a platform thread, has it.
 */
final class Crew {

	private final ThreadFactory factory;

	private final List<Thread> threads = new ArrayList<>();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private volatile boolean over;

	Crew(ThreadFactory factory) {
		this.factory = factory;
	}

	/** Adds a thread, which begins at once. */
	void add(Work work) {
		Thread thread = this.factory.newThread(() -> {
			try {
				work.run();
			}
			catch (Exception ex) {
				fail(ex);
			}
		});
		this.threads.add(thread);
		thread.start();
	}

	/** Whether the threads should come to an end. */
	boolean isOver() {
		return this.over;
	}

	void fail(Throwable cause) {
		this.failure.compareAndSet(null, cause);
		this.over = true;
	}

	/** Lets the threads work for a while. */
	void workFor(Duration length) {
		long end = System.nanoTime() + length.toNanos();
		for (long left = length.toNanos(); left > 0 && !this.over; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		this.over = true;
	}

	/**
	 * Waits until all threads have ended.
	 * @throws Exception what one of them has thrown
	 */
	void end() throws Exception {
		for (Thread thread : this.threads) {
			thread.join();
		}
		Throwable cause = this.failure.get();
		if (cause != null) {
			throw new IllegalStateException(cause.toString(), cause);
		}
	}

	/** What a thread does. */
	interface Work {

		void run() throws Exception;

	}

}
