package io.gentcp.transport;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The senders whose writes the last call of the wire has finished. A platform thread is
 * woken when the lock of the {@link SendQueue} is free again: that takes a system call,
 * and it runs at once and wants the lock for its next packet. A virtual thread is woken
 * at once: until a carrier is free for it the others have been woken, too, so they come
 * together. Belongs to the writer.
 */
final class WakeUps {

	private static final @Nullable Thread[] NONE = {};

	private static final int FEWEST = 4;

	/** Grows to as many as have waited at a time. */
	private @Nullable Thread[] threads = NONE;

	private int count;

	/** Takes a thread down that is to be woken; none if nobody waits yet. */
	void add(@Nullable Thread thread) {
		if (thread == null || thread.isVirtual()) {
			LockSupport.unpark(thread);
		}
		else {
			if (this.count == this.threads.length) {
				this.threads = Arrays.copyOf(this.threads, Math.max(FEWEST, 2 * this.count));
			}
			this.threads[this.count] = thread;
			this.count++;
		}
	}

	/** Wakes those who are not awake yet, the longest waiting first. */
	void wakeAll() {
		for (int i = 0; i < this.count; i++) {
			LockSupport.unpark(this.threads[i]);
			this.threads[i] = null;
		}
		this.count = 0;
	}

}
