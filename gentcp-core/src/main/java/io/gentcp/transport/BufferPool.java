package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Direct buffers for the length of one system call, or for small packets that wait a
 * moment for the next one. A thread borrows one, reads or writes with it, and gives it
 * back before it waits for anything; so as many exist as threads are in a call at one
 * time, and an idle connection holds none.
 * <p>
 * Nobody waits for the pool itself: a virtual thread that waits for a lock lets the next
 * one run, which borrows a further buffer. So there is none, but a stack of numbered
 * buffers with an atomic top; the buffer that was used last is borrowed first. To borrow
 * and to give back allocates nothing.
 */
final class BufferPool {

	/** Two packets of 64 KB with their headers, and some more. */
	static final int BUFFER_SIZE = 144 * 1024;

	private static final int NONE = 0;

	/** The buffers worth keeping, from 1; made when they are needed. */
	private final AtomicReferenceArray<ByteBuffer> kept;

	private final AtomicInteger made = new AtomicInteger();

	/** For each buffer in the stack the number of the one below it. */
	private final AtomicIntegerArray below;

	/**
	 * The number of the buffer on top, and above it how often the top has changed: a top
	 * that looks the same is the same.
	 */
	private final AtomicLong top = new AtomicLong();

	BufferPool(int mostKept) {
		this.kept = new AtomicReferenceArray<>(mostKept + 1);
		this.below = new AtomicIntegerArray(mostKept + 1);
	}

	/** Returns an empty buffer, position 0 and limit {@link #BUFFER_SIZE}. */
	ByteBuffer borrow() {
		long top = this.top.get();
		while (number(top) != NONE && !this.top.compareAndSet(top, next(top, this.below.get(number(top))))) {
			top = this.top.get();
		}
		return (number(top) != NONE) ? this.kept.get(number(top)).clear() : make();
	}

	private ByteBuffer make() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
		int mostKept = this.kept.length() - 1;
		int number = (this.made.get() < mostKept) ? this.made.incrementAndGet() : mostKept + 1;
		if (number <= mostKept) {
			this.kept.set(number, buffer);
		}
		return buffer;
	}

	/**
	 * Takes a buffer back; one more than is worth keeping goes to the garbage collector.
	 */
	@SuppressWarnings("ReferenceEquality") // equal buffers are not the same
	void giveBack(ByteBuffer buffer) {
		for (int number = 1; number < this.kept.length(); number++) {
			if (this.kept.get(number) == buffer) {
				push(number);
				return;
			}
		}
	}

	private void push(int number) {
		long top;
		do {
			top = this.top.get();
			this.below.set(number, number(top));
		}
		while (!this.top.compareAndSet(top, next(top, number)));
	}

	private static int number(long top) {
		return (int) top;
	}

	private static long next(long top, int number) {
		return ((top >>> Integer.SIZE) + 1) << Integer.SIZE | number;
	}

}
