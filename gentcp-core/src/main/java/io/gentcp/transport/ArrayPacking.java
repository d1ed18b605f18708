package io.gentcp.transport;

import java.nio.ByteBuffer;

/**
 * Packs arrays, and parts of them: bytes that stay where they are while they are
 * borrowed, whatever becomes of the buffer around them.
 */
public interface ArrayPacking extends Packing<byte[]> {

	/**
	 * Returns the size of the packet with a body of this size, header and trailer
	 * included.
	 * @throws IllegalArgumentException if no packet can have such a body
	 */
	int size(int bodySize);

	/** Returns how many bytes stand before a body of this size. */
	int headerSize(int bodySize);

	/** Puts exactly so many bytes. */
	void putHeader(int bodySize, ByteBuffer target);

	/** Returns how many bytes stand behind every body. */
	int trailerSize();

	/** Puts exactly so many bytes. */
	void putTrailer(int bodySize, ByteBuffer target);

	@Override
	default int size(byte[] body) {
		return size(body.length);
	}

	@Override
	default void put(byte[] body, ByteBuffer target) {
		put(body, 0, body.length, target);
	}

	/**
	 * Puts a packet whose body is a part of an array.
	 * @param from where the body begins
	 * @param bodySize how long it is
	 * @param target has room for them, and may be direct
	 */
	default void put(byte[] array, int from, int bodySize, ByteBuffer target) {
		putHeader(bodySize, target);
		target.put(array, from, bodySize);
		putTrailer(bodySize, target);
	}

}
