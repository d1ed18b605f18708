package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A packet whose body is borrowed from an array. Most often all of it is laid out just
 * where it is written from; where a part of it is asked for, header and trailer are kept.
 * Used again for another packet afterwards.
 */
final class PackedArray implements Contents {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private static final byte[] NO_BODY = {};

	private @Nullable ArrayPacking packing;

	private byte[] array = NO_BODY;

	private int from;

	private int bodySize;

	private int size;

	/** What stands around the body, once a part of the packet was asked for. */
	private boolean laidOut;

	private ByteBuffer header = NOTHING;

	private ByteBuffer trailer = NOTHING;

	void set(ArrayPacking packing, byte[] array, int from, int bodySize) {
		this.packing = packing;
		this.array = array;
		this.from = from;
		this.bodySize = bodySize;
		this.size = packing.size(bodySize);
		this.laidOut = false;
	}

	int size() {
		return this.size;
	}

	/** Lets go of what was borrowed. */
	void clear() {
		this.packing = null;
		this.array = NO_BODY;
	}

	@Override
	public void copyTo(ByteBuffer target, int from, int count) {
		ArrayPacking packing = this.packing;
		if (packing == null) {
			throw new IllegalStateException("no packet is in line");
		}
		if (count == this.size) {
			packing.put(this.array, this.from, this.bodySize, target);
			return;
		}
		if (!this.laidOut) {
			layOut(packing);
		}
		copyPart(target, from, count);
	}

	private void layOut(ArrayPacking packing) {
		this.header = cleared(this.header, packing.headerSize(this.bodySize));
		packing.putHeader(this.bodySize, this.header);
		this.header.flip();
		this.trailer = cleared(this.trailer, packing.trailerSize());
		packing.putTrailer(this.bodySize, this.trailer);
		this.trailer.flip();
		this.laidOut = true;
	}

	private static ByteBuffer cleared(ByteBuffer used, int size) {
		return (used.capacity() < size) ? ByteBuffer.allocate(size) : used.clear();
	}

	private void copyPart(ByteBuffer target, int from, int count) {
		int end = target.position() + count;
		int afterHeader = from - this.header.limit();
		Parts.copy(this.header, from, target, end);
		int skip = Math.max(0, afterHeader);
		int part = Math.min(this.bodySize - skip, end - target.position());
		if (part > 0) {
			target.put(this.array, this.from + skip, part);
		}
		Parts.copy(this.trailer, afterHeader - this.bodySize, target, end);
	}

}
