package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a {@link Write} are. While the write is in flight the writer reads
 * them without the lock of the {@link SendQueue}; otherwise they belong to that lock.
 */
sealed interface Contents permits Parts, PackedArray, Batch {

	/** Copies so many bytes from a place on; there is room for them. */
	void copyTo(ByteBuffer target, int from, int count);

	/**
	 * Returns the bytes between two places where they are, to write from, if they are in
	 * one buffer outside of the heap; otherwise they are to be copied.
	 */
	default @Nullable ByteBuffer direct(int from, int to) {
		return null;
	}

	/**
	 * Returns the bytes from a place on where they are, if the kernel can take them from
	 * there and most of them are outside of the heap.
	 */
	default ByteBuffer @Nullable [] gathered(int from) {
		return null;
	}

	/** They are in flight for the first time: nothing is added to them any more. */
	default void close() {
		// Most are whole from the beginning.
	}

	/** Nobody reads them any more. */
	default void release() {
		// Most are borrowed or for the garbage collector.
	}

}
