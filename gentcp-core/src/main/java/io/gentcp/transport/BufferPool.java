package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers for the length of one system call. A thread borrows one, reads or writes
 * with it, and gives it back before it waits for anything; so as many exist as threads
 * are in a call at one time, and an idle connection holds none.
 */
final class BufferPool {

	static final int BUFFER_SIZE = 128 * 1024;

	private final ArrayBlockingQueue<ByteBuffer> idle;

	BufferPool(int mostIdle) {
		this.idle = new ArrayBlockingQueue<>(mostIdle);
	}

	/** Returns an empty buffer, position 0 and limit {@link #BUFFER_SIZE}. */
	ByteBuffer borrow() {
		ByteBuffer buffer = this.idle.poll();
		return (buffer != null) ? buffer.clear() : ByteBuffer.allocateDirect(BUFFER_SIZE);
	}

	/**
	 * Takes a buffer back; one more than is worth keeping goes to the garbage collector.
	 */
	void giveBack(ByteBuffer buffer) {
		this.idle.offer(buffer);
	}

}
