package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A packet whose body is borrowed from an array, and which most often is laid out just
 * where it is written from. Used again for another packet afterwards.
 */
final class PackedArray implements Contents {

	private @Nullable ArrayPacking packing;

	private byte @Nullable [] array;

	private int from;

	private int bodySize;

	private int size;

	/** The packet, if only a part of it was asked for. */
	private @Nullable ByteBuffer laidOut;

	void set(ArrayPacking packing, byte[] array, int from, int bodySize) {
		this.packing = packing;
		this.array = array;
		this.from = from;
		this.bodySize = bodySize;
		this.size = packing.size(bodySize);
	}

	int size() {
		return this.size;
	}

	/** Lets go of what was borrowed. */
	void clear() {
		this.packing = null;
		this.array = null;
		this.laidOut = null;
	}

	@Override
	public void copyTo(ByteBuffer target, int from, int count) {
		if (count == this.size) {
			put(target);
			return;
		}
		if (this.laidOut == null) {
			this.laidOut = ByteBuffer.allocate(this.size);
			put(this.laidOut);
		}
		target.put(target.position(), this.laidOut, from, count);
		target.position(target.position() + count);
	}

	private void put(ByteBuffer target) {
		ArrayPacking packing = this.packing;
		byte[] array = this.array;
		if (packing == null || array == null) {
			throw new IllegalStateException("no packet is in line");
		}
		packing.put(array, this.from, this.bodySize, target);
	}

}
