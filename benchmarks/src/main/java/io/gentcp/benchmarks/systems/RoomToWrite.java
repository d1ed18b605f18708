package io.gentcp.benchmarks.systems;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where senders wait until an asynchronous connection has room again. Any thread may call
 * any method; the lock guards nothing but the wait.
 */
final class RoomToWrite {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Waits until there is room, or the connection is closed. */
	void await(BooleanSupplier hasRoom) throws InterruptedException {
		if (hasRoom.getAsBoolean()) {
			return;
		}
		this.lock.lock();
		try {
			while (!hasRoom.getAsBoolean()) {
				this.changed.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** There may be room now. */
	void changed() {
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
