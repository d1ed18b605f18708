package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Direct buffers for the length of one system call. A thread borrows one, reads or writes
 * with it, and gives it back before it waits for anything; so as many exist as threads
 * are in a call at one time, and an idle connection holds none.
 * <p>
 * Nobody waits for the pool itself: a virtual thread that waits for a lock lets the next
 * one run, which borrows a further buffer. So there is none, but a stack with an atomic
 * top; the buffer that was used last is borrowed first.
 */
final class BufferPool {

	static final int BUFFER_SIZE = 128 * 1024;

	private final int mostIdle;

	private final AtomicReference<@Nullable Idle> top = new AtomicReference<>();

	BufferPool(int mostIdle) {
		this.mostIdle = mostIdle;
	}

	/** Returns an empty buffer, position 0 and limit {@link #BUFFER_SIZE}. */
	ByteBuffer borrow() {
		Idle idle = this.top.get();
		while (idle != null && !this.top.compareAndSet(idle, idle.below)) {
			idle = this.top.get();
		}
		return (idle != null) ? idle.buffer.clear() : ByteBuffer.allocateDirect(BUFFER_SIZE);
	}

	/**
	 * Takes a buffer back; one more than is worth keeping goes to the garbage collector.
	 */
	void giveBack(ByteBuffer buffer) {
		Idle idle = new Idle(buffer, this.top.get());
		while (idle.height <= this.mostIdle && !this.top.compareAndSet(idle.below, idle)) {
			idle = new Idle(buffer, this.top.get());
		}
	}

	/**
	 * A buffer that nobody uses, with those below it. Made anew each time, so that a top
	 * that looks the same is the same.
	 */
	private static final class Idle {

		private final ByteBuffer buffer;

		private final @Nullable Idle below;

		private final int height;

		Idle(ByteBuffer buffer, @Nullable Idle below) {
			this.buffer = buffer;
			this.below = below;
			this.height = (below != null) ? below.height + 1 : 1;
		}

	}

}
