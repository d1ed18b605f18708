package io.gentcp.transport;

import java.nio.ByteBuffer;

/**
 * Packets with four bytes of length in front, whose writes are those of a pool.
 *
 * @param beforeHeader runs before a header is put
 */
record LengthInFront(Runnable beforeHeader) implements ArrayPacking {

	LengthInFront() {
		this(() -> {
		});
	}

	@Override
	public int size(int bodySize) {
		return Integer.BYTES + bodySize;
	}

	@Override
	public int headerSize(int bodySize) {
		return Integer.BYTES;
	}

	@Override
	public void putHeader(int bodySize, ByteBuffer target) {
		this.beforeHeader.run();
		target.putInt(bodySize);
	}

	@Override
	public int trailerSize() {
		return 0;
	}

	@Override
	public void putTrailer(int bodySize, ByteBuffer target) {
		// There is none.
	}

	@Override
	public Write write(byte[] body) {
		throw new UnsupportedOperationException("it is used again");
	}

}
