package io.gentcp.transport;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Where one thread waits until its channel is ready for one operation: a virtual thread
 * parks here and costs no platform thread. At most one thread waits at a time; any thread
 * may {@link #signal}.
 */
final class Readiness implements Watch.Owner {

	private volatile @Nullable Thread waiter;

	private volatile boolean signalled;

	private volatile boolean closed;

	/**
	 * Waits for the next event. An early return is possible, so the caller tries its
	 * operation again in any case.
	 * @return whether there was an event; otherwise the deadline passed, or the thread
	 * was interrupted and its interrupt flag is still set
	 */
	boolean await(Watch watch, int operation, Deadline deadline) {
		return await(watch, operation, deadline, () -> false);
	}

	/**
	 * Waits for the next event, or until something else is so; whoever makes it so has to
	 * {@link #signal}.
	 */
	boolean await(Watch watch, int operation, Deadline deadline, BooleanSupplier orElse) {
		this.waiter = Thread.currentThread();
		this.signalled = false;
		// Only now: an event of an earlier interest that comes after this line ends the
		// wait.
		watch.arm(operation);
		try {
			while (!this.signalled && !this.closed && !orElse.getAsBoolean()) {
				if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
					return false;
				}
				deadline.park(this);
			}
			return true;
		}
		finally {
			this.waiter = null;
		}
	}

	/** Ends the wait, if there is one. */
	void signal() {
		this.signalled = true;
		LockSupport.unpark(this.waiter);
	}

	/** Ends this wait and all later ones. */
	void close() {
		this.closed = true;
		LockSupport.unpark(this.waiter);
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void onReadable() {
		signal();
	}

	@Override
	public void onWritable() {
		signal();
	}

	@Override
	public void onFailure(Throwable failure) {
		// The waiting thread tries its operation again and meets the failure itself.
		signal();
	}

}
