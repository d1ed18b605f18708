package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The batches of one connection, seen as one stream of bytes of their own: how many were
 * appended to it, and how many are out. So a sender can be told what became of its packet
 * by the packet's place in it. All under the lock of the {@link SendQueue}.
 */
final class Batches {

	private final BufferPool buffers;

	/** How many of them have a buffer. */
	private int lent;

	/** The last one that was opened; used again when it has ended. */
	private @Nullable Batch current;

	private long appended;

	private long out;

	/** How many of those the kernel has. */
	private long flushed;

	/** Where the packet ends whose sender became the writer last. */
	private long mark;

	Batches(BufferPool buffers) {
		this.buffers = buffers;
	}

	/** Appends a packet to the last batch in line, or to a new one behind all others. */
	<B> void append(WriteList writes, Packing<B> packing, B body, int size) {
		Batch batch = this.current;
		if (batch == null || writes.last() != batch.write() || !batch.hasRoomFor(size)) {
			batch = (batch != null && batch.write().isSettled()) ? batch : new Batch(this);
			batch.open();
			this.current = batch;
			batch.append(packing, body, size);
			writes.addLast(batch.write());
		}
		else {
			batch.append(packing, body, size);
		}
		this.appended += size;
	}

	/** Lends a batch a buffer. */
	ByteBuffer lend() {
		ByteBuffer buffer = this.buffers.borrow();
		this.lent++;
		return buffer;
	}

	void giveBack(ByteBuffer buffer) {
		this.lent--;
		this.buffers.giveBack(buffer);
	}

	void took(int count, boolean flushed) {
		this.out += count;
		if (flushed) {
			this.flushed = this.out;
		}
	}

	/** Takes down the place of the packet that was appended last. */
	void mark() {
		this.mark = this.appended;
	}

	long marked() {
		return this.mark;
	}

	/** Returns whether the kernel has all of the packet that ends there. */
	boolean isWritten(long mark) {
		return this.flushed >= mark;
	}

	/** Returns how many bytes are out of the packet of this size that ends there. */
	int out(long mark, int size) {
		return Math.clamp(this.out - (mark - size), 0, size);
	}

	/** Returns whether one of them has a buffer. */
	boolean hasBuffer() {
		return this.lent > 0;
	}

	/** Gives back the buffers of those that are not in flight. */
	void shrink(WriteList writes) {
		for (Write write = writes.first(); write != null; write = write.next) {
			if (write.canShrink()) {
				write.shrink();
			}
		}
	}

}
