package io.gentcp.benchmarks.peer;

import java.nio.ByteBuffer;

/**
 * What a server does with the packets of one connection, the same in every system. The
 * first byte of a packet says it. One thread at a time; it does not block.
 *
 * <pre>
 *   E ...   is sent back as it is
 *   S ...   is counted
 *   C       is answered with C and, in 8 bytes, how many were counted since the last time
 * </pre>
 */
public final class Served {

	/** First byte of a packet that is sent back. */
	public static final byte ECHO = 'E';

	/** First byte of a packet that is counted. */
	public static final byte STREAM = 'S';

	/** First byte of the question how many were counted, and of its answer. */
	public static final byte COUNT = 'C';

	private static final byte[] NOTHING = new byte[0];

	private long counted;

	/**
	 * Takes a packet.
	 * @return what is to be sent back; empty if nothing is
	 */
	public byte[] answer(byte[] packet) {
		return switch (packet[0]) {
			case ECHO -> packet;
			case STREAM -> count();
			case COUNT -> countAnswer(takeCount());
			default ->
				throw new IllegalArgumentException("packet begins with %d; it must be E, S or C".formatted(packet[0]));
		};
	}

	private byte[] count() {
		this.counted++;
		return NOTHING;
	}

	/** Counts a packet, for whoever has it as something else than an array. */
	public void counted() {
		this.counted++;
	}

	/** Returns how many were counted, and begins anew. */
	public long takeCount() {
		long count = this.counted;
		this.counted = 0;
		return count;
	}

	/** Returns the answer to the question how many were counted. */
	public static byte[] countAnswer(long packets) {
		return ByteBuffer.allocate(1 + Long.BYTES).put(COUNT).putLong(packets).array();
	}

	/** Returns a packet of a client's. */
	static byte[] packet(byte first, int payload) {
		byte[] packet = new byte[payload];
		packet[0] = first;
		return packet;
	}

	/** Returns how many packets the server has counted, as its answer says. */
	static long count(byte[] answer) {
		if (answer.length != 1 + Long.BYTES || answer[0] != COUNT) {
			throw new IllegalStateException(
					"an answer of %d bytes came in place of the count".formatted(answer.length));
		}
		return ByteBuffer.wrap(answer).getLong(1);
	}

}
