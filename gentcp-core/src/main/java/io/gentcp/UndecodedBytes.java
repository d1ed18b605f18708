package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.More;

/**
 * Bytes that arrived and are no packet yet. Grows with what has arrived, never with what
 * a peer announces, and holds nothing while it is empty and its connection waits. Belongs
 * to the thread whose turn it is to receive.
 */
final class UndecodedBytes {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** The largest array the JVM makes. */
	private static final int LARGEST = Integer.MAX_VALUE - 8;

	/** An empty buffer up to this size is kept for the next bytes of a busy stream. */
	private static final int WORTH_KEEPING = 128 * 1024;

	/**
	 * From this size of a packet on the next one is left with the kernel: a piece of it
	 * that came along would be copied once more than the rest.
	 */
	private static final int LARGE = 16 * 1024;

	private ByteBuffer buffer = NOTHING;

	/** The size of the packet before; the next one is often as large. */
	private int before;

	/** Returns the number of bytes a packet needs, as far as is known. */
	static long wanted(More more) {
		return more.isKnown() ? more.total() : Long.MAX_VALUE;
	}

	/**
	 * Limits a buffer that is to be read into, where large packets come: to what the next
	 * one needs, as far as is known, or else to the size of the one before.
	 */
	void limit(ByteBuffer target, More more) {
		long missing = expected(more) - this.buffer.remaining();
		if (expectsLarge(more) && missing > 0 && missing < target.remaining()) {
			target.limit(target.position() + (int) missing);
		}
	}

	/** Returns whether the next packet is a large one, as far as is known or likely. */
	boolean expectsLarge(More more) {
		return expected(more) >= LARGE;
	}

	private long expected(More more) {
		return more.isKnown() ? more.total() : this.before;
	}

	/** A packet of so many bytes was taken out. */
	void taken(int size) {
		this.before = size;
	}

	/** Returns the bytes; whoever decodes them moves the position. */
	ByteBuffer bytes() {
		return this.buffer;
	}

	/**
	 * Returns the bytes with those that arrived behind them, to be decoded: what has
	 * arrived itself if nothing older is in front of it, so that it is not copied.
	 * @param wanted the number of bytes the next packet needs, as far as is known
	 */
	ByteBuffer joined(ByteBuffer arrived, long wanted) {
		if (!this.buffer.hasRemaining()) {
			return arrived;
		}
		add(arrived, wanted);
		return this.buffer;
	}

	/**
	 * Takes over what remains of bytes that arrived behind these.
	 * @param wanted the number of bytes the next packet needs, as far as is known
	 */
	void add(ByteBuffer arrived, long wanted) {
		int held = this.buffer.remaining();
		int size = Math.addExact(held, arrived.remaining());
		if (size > this.buffer.capacity()) {
			long capacity = Math.max(size, Math.min(wanted, 2L * size));
			this.buffer = ByteBuffer.allocate((int) Math.min(capacity, LARGEST)).put(this.buffer);
		}
		else if (this.buffer.limit() + arrived.remaining() > this.buffer.capacity()) {
			this.buffer.compact();
		}
		else {
			int start = this.buffer.position();
			int end = this.buffer.limit();
			this.buffer.limit(end + arrived.remaining()).position(end);
			this.buffer.put(arrived).position(start);
			return;
		}
		this.buffer.put(arrived).flip();
	}

	/** Puts bytes in front of all others. */
	void addFirst(byte[] bytes) {
		int size = Math.addExact(bytes.length, this.buffer.remaining());
		this.buffer = ByteBuffer.allocate(size).put(bytes).put(this.buffer).flip();
	}

	/** Lets go of memory before a wait. */
	void trim() {
		trim(0);
	}

	/** Lets go of the memory of a large packet, and keeps what a busy stream needs. */
	void trimLarge() {
		trim(WORTH_KEEPING);
	}

	private void trim(int worthKeeping) {
		int held = this.buffer.remaining();
		if (this.buffer.capacity() > worthKeeping && held < this.buffer.capacity() / 4) {
			this.buffer = (held == 0) ? NOTHING : ByteBuffer.allocate(held).put(this.buffer).flip();
		}
	}

}
