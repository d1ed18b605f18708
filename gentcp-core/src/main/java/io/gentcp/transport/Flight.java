package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The writes that the writer is writing: the first in line, as many as go along in one
 * call. They are marked and unmarked under the lock of the {@link SendQueue}; in between
 * the writer copies them without it, because what is in flight stays linked and keeps its
 * bytes.
 */
final class Flight {

	private @Nullable Write first;

	private @Nullable Write last;

	/** How many writes go along. */
	private int count;

	/** How many bytes of batches the last call took. */
	private int batched;

	/**
	 * Marks what goes along; under the lock.
	 * @param most the number of bytes that go along
	 */
	void begin(@Nullable Write first, int most) {
		this.first = first;
		this.last = null;
		this.count = 0;
		int room = most;
		for (Write write = first; write != null && room > 0; write = write.next) {
			write.inFlight(true);
			room -= Math.min(room, write.remaining());
			this.last = write;
			this.count++;
		}
	}

	/** A packet goes that has no place in line; under the lock. */
	void beginAlone() {
		this.first = null;
		this.last = null;
		this.count = 1;
	}

	/** Returns how many writes go along. */
	int count() {
		return this.count;
	}

	/**
	 * Returns all there is to write, where it is: if that is one batch. Otherwise it is
	 * to be {@link #copyTo copied}. Only for the writer.
	 */
	@Nullable ByteBuffer direct() {
		Write only = (this.count == 1) ? this.first : null;
		return (only != null) ? only.direct() : null;
	}

	/**
	 * Returns all there is to write, where it is, in several parts: if that is one write
	 * whose bytes the kernel can take from there. Only for the writer.
	 */
	ByteBuffer @Nullable [] gathered() {
		Write only = (this.count == 1) ? this.first : null;
		return (only != null) ? only.gathered() : null;
	}

	/** Copies as much as there is room for. Only for the writer; without the lock. */
	void copyTo(ByteBuffer target) {
		// Only the link of the last may change meanwhile.
		Write last = this.last;
		for (Write write = this.first; write != null; write = (write != last) ? write.next : null) {
			write.copyTo(target);
		}
	}

	/** Takes down how many bytes are out; under the lock. */
	void take(int count) {
		int left = count;
		this.batched = 0;
		for (Write write = this.first; write != null && left > 0; write = write.next) {
			int part = Math.min(left, write.remaining());
			write.take(part);
			left -= part;
			this.batched += write.isBatch() ? part : 0;
		}
	}

	/** Returns how many of these bytes were of batches. */
	int batched() {
		return this.batched;
	}

}
