package io.gentcp.sample;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Where the listener waits while the server's reading is stalled. Any thread may call any
 * method; one lock guards the state.
 * <p>
 * Its lifecycle ends before the server's and opens the gate, so that a stalled listener
 * does not hold up the end of the application.
 */
@Component
final class ReadingGate implements SmartLifecycle {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private boolean closed;

	private int waiting;

	/** Closes the gate, and returns whether it was open. */
	boolean close() {
		this.lock.lock();
		try {
			boolean wasOpen = !this.closed;
			this.closed = true;
			return wasOpen;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Opens the gate: whoever waits goes on. */
	void open() {
		this.lock.lock();
		try {
			this.closed = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits while the gate is closed. */
	void pass() throws InterruptedException {
		this.lock.lock();
		try {
			this.waiting++;
			this.changed.signalAll();
			while (this.closed) {
				this.changed.await();
			}
		}
		finally {
			this.waiting--;
			this.lock.unlock();
		}
	}

	/** Waits until somebody waits at the gate, and returns whether that came in time. */
	boolean awaitArrival(Duration timeout) throws InterruptedException {
		this.lock.lock();
		try {
			long nanos = timeout.toNanos();
			while (this.waiting == 0 && nanos > 0) {
				nanos = this.changed.awaitNanos(nanos);
			}
			return this.waiting > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
		open();
	}

	/** Only a closed gate is something to stop. */
	@Override
	public boolean isRunning() {
		return isClosed();
	}

}
