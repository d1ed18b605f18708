package io.gentcp.spring.core;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A call that waits, and that other threads may {@link #interrupt}: the interrupt reaches
 * the call, even one that has yet to begin, and nothing else that its thread does. Run
 * once. The one lock is not held during the call.
 *
 * @param <T> what the call returns
 */
final class InterruptibleCall<T> {

	private final Supplier<T> call;

	private final ReentrantLock lock = new ReentrantLock();

	/** The thread that runs the call, while it does. */
	private @Nullable Thread thread;

	private boolean interrupted;

	InterruptibleCall(Supplier<T> call) {
		this.call = call;
	}

	/** Runs the call on the calling thread. */
	T run() {
		begin();
		try {
			return this.call.get();
		}
		finally {
			end();
		}
	}

	private void begin() {
		this.lock.lock();
		try {
			this.thread = Thread.currentThread();
			interruptIfAsked();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end() {
		this.lock.lock();
		try {
			this.thread = null;
			if (this.interrupted) {
				Thread.interrupted();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Interrupts the call, now or when it begins; does nothing once it has ended. */
	void interrupt() {
		this.lock.lock();
		try {
			this.interrupted = true;
			interruptIfAsked();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void interruptIfAsked() {
		if (this.interrupted && this.thread != null) {
			this.thread.interrupt();
		}
	}

}
