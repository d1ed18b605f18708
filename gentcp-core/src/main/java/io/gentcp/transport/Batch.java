package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Small packets of the inet backend, one behind the other in one buffer, in line as one
 * {@link Write}: their senders have gone on, so nobody has to be told of a single one.
 * Packets are appended under the lock of the {@link SendQueue} until the write is in
 * flight for the first time; from then on the next batch takes them, while the writer
 * writes from this one without the lock.
 * <p>
 * It has a buffer of the pool while its write is in line, and is used again afterwards.
 */
final class Batch implements Contents {

	private final Batches batches;

	private final Write write = Write.ofBatch(this);

	/** Where the packets are; null while the write is not in line, or has a copy. */
	private @Nullable ByteBuffer chunk;

	/** Whether no packet is appended any more. */
	private boolean full;

	Batch(Batches batches) {
		this.batches = batches;
	}

	/** Returns what is in line. */
	Write write() {
		return this.write;
	}

	/** Makes ready to be filled, from now on in line. */
	void open() {
		this.write.begin();
		this.chunk = this.batches.lend();
		this.full = false;
	}

	/** Returns whether a packet of this size can be appended. */
	boolean hasRoomFor(int size) {
		return !this.full && this.chunk != null && this.chunk.remaining() >= size;
	}

	/** Appends a packet; there is room for it. */
	<B> void append(Packing<B> packing, B body, int size) {
		ByteBuffer chunk = chunk();
		int start = chunk.position();
		packing.put(body, chunk);
		int put = chunk.position() - start;
		if (put != size) {
			chunk.position(start);
			throw new IllegalStateException("a packet of %d bytes was said to have %d".formatted(put, size));
		}
		this.write.grow(size);
	}

	/** From now on the writer reads it without the lock. */
	@Override
	public void close() {
		this.full = true;
	}

	@Override
	public void copyTo(ByteBuffer target, int from, int count) {
		target.put(target.position(), chunk(), from, count);
		target.position(target.position() + count);
	}

	@Override
	public ByteBuffer direct(int from, int to) {
		return chunk().limit(to).position(from);
	}

	/** Gives the buffer back. */
	@Override
	public void release() {
		if (this.chunk != null) {
			this.batches.giveBack(this.chunk);
			this.chunk = null;
		}
	}

	private ByteBuffer chunk() {
		if (this.chunk == null) {
			throw new IllegalStateException("the batch is not in line");
		}
		return this.chunk;
	}

}
