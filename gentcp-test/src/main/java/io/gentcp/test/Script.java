package io.gentcp.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The steps a connection has still to perform. A thread performs them while there are
 * any; steps that are played later get a new one. State is guarded by one lock, which is
 * not held while a step is performed.
 */
final class Script {

	private final String name;

	private final Consumer<Step> performer;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Step> ahead = new ArrayDeque<>();

	private @Nullable Step current;

	private @Nullable AssertionError failure;

	private boolean running;

	private boolean closed;

	Script(String name, Consumer<Step> performer) {
		this.name = name;
		this.performer = performer;
	}

	/** Appends steps. Does not block. */
	void play(List<Step> steps) {
		this.lock.lock();
		try {
			if (this.closed || this.failure != null) {
				throw new IllegalStateException("The script has ended", this.failure);
			}
			this.ahead.addAll(steps);
			if (!this.running && !this.ahead.isEmpty()) {
				this.running = true;
				Thread.ofPlatform().daemon().name(this.name).start(this::perform);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void perform() {
		for (Step step = next(); step != null; step = next()) {
			try {
				this.performer.accept(step);
				done(null);
			}
			catch (RuntimeException | AssertionError ex) {
				done(ex);
			}
		}
	}

	private @Nullable Step next() {
		this.lock.lock();
		try {
			this.current = this.ahead.poll();
			this.running = this.current != null;
			return this.current;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A step that failed ends the script: what was ahead of it is dropped. */
	private void done(@Nullable Throwable thrown) {
		this.lock.lock();
		try {
			if (thrown != null && this.failure == null) {
				this.failure = new AssertionError("The script ended at " + this, thrown);
				this.ahead.clear();
			}
			this.current = null;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until every step is done.
	 * @throws AssertionError if one failed or was dropped, at the deadline, or on an
	 * interrupt
	 */
	void await(Duration timeout) {
		Deadline deadline = Deadline.after(timeout);
		this.lock.lock();
		try {
			while (this.failure == null && (this.current != null || !this.ahead.isEmpty())) {
				if (deadline.hasPassed()) {
					throw new AssertionError("Awaited the end of the script in vain: it is at " + this);
				}
				this.changed.awaitNanos(deadline.remainingNanos());
			}
			if (this.failure != null) {
				throw new AssertionError(this.failure.getMessage(), this.failure);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while awaiting the end of the script, at " + this, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Drops what is ahead and ends the thread when the step it performs is done. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (!this.ahead.isEmpty() && this.failure == null) {
				this.failure = new AssertionError("The connection was closed before " + this.ahead);
			}
			this.ahead.clear();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		this.lock.lock();
		try {
			String at = (this.current != null) ? this.current.toString() : "its end";
			return this.ahead.isEmpty() ? at : at + " with " + this.ahead + " ahead";
		}
		finally {
			this.lock.unlock();
		}
	}

}
