package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A packet whose body is a borrowed array, and which most often is laid out just where it
 * is written from. Used again for another packet afterwards.
 */
final class PackedArray implements Contents {

	private @Nullable Packing<byte[]> packing;

	private byte @Nullable [] body;

	private int size;

	/** The packet, if only a part of it was asked for. */
	private @Nullable ByteBuffer laidOut;

	void set(Packing<byte[]> packing, byte[] body, int size) {
		this.packing = packing;
		this.body = body;
		this.size = size;
	}

	/** Lets go of what was borrowed. */
	void clear() {
		this.packing = null;
		this.body = null;
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
		Packing<byte[]> packing = this.packing;
		byte[] body = this.body;
		if (packing == null || body == null) {
			throw new IllegalStateException("no packet is in line");
		}
		packing.put(body, target);
	}

}
