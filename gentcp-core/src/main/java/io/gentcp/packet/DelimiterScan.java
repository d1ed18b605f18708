package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks for the byte that ends a line, and goes over no byte twice: it remembers,
 * relative to the position of the buffer, how far it has come. One reader uses it at a
 * time.
 */
final class DelimiterScan {

	private static final long ONE_IN_EACH_BYTE = 0x0101_0101_0101_0101L;

	private static final long HIGH_BIT_OF_EACH_BYTE = ONE_IN_EACH_BYTE << 7;

	/** How many bytes from the position on are known not to end the line. */
	private int scanned;

	/** Whether the byte behind them is known to be a delimiter. */
	private boolean found;

	private long examined;

	/**
	 * Moves on to the next delimiter, and stays there.
	 * @param window how many bytes from the position on are looked at
	 * @return whether there is one in the window
	 */
	boolean find(ByteBuffer in, byte delimiter, int window) {
		int seen = this.scanned + (this.found ? 1 : 0);
		if (in.remaining() < seen) {
			throw new IllegalArgumentException(
					"%d bytes presented; the %d seen before must come again in front".formatted(in.remaining(), seen));
		}
		if (!this.found) {
			scan(in, delimiter, Math.min(window, in.remaining()));
		}
		return this.found;
	}

	private void scan(ByteBuffer in, byte delimiter, int end) {
		int at = indexOf(in, delimiter, this.scanned, end);
		this.found = at < end;
		this.examined += at - this.scanned + (this.found ? 1 : 0);
		this.scanned = at;
	}

	/**
	 * The offset of the first delimiter from the position; not below the end if there is
	 * none.
	 */
	private static int indexOf(ByteBuffer in, byte delimiter, int from, int end) {
		int start = in.position();
		long wanted = Byte.toUnsignedLong(delimiter) * ONE_IN_EACH_BYTE;
		int at = from;
		// Eight bytes at a time, of which a delimiter becomes zero.
		for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
			long zeros = zeros(littleEndian(in, start + at) ^ wanted);
			if (zeros != 0) {
				return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
			}
		}
		while (at < end && in.get(start + at) != delimiter) {
			at++;
		}
		return at;
	}

	/**
	 * Eight bytes, the first of which is the lowest, whatever the order of the buffer.
	 */
	private static long littleEndian(ByteBuffer in, int index) {
		long word = in.getLong(index);
		return (in.order() == ByteOrder.LITTLE_ENDIAN) ? word : Long.reverseBytes(word);
	}

	/**
	 * Marks bytes that are zero with their high bit. Only the lowest mark is sure: the
	 * subtraction borrows from the byte above a zero, which is marked too if it is one.
	 */
	private static long zeros(long word) {
		return (word - ONE_IN_EACH_BYTE) & ~word & HIGH_BIT_OF_EACH_BYTE;
	}

	/** How many bytes are in front of the delimiter, or were gone over without one. */
	int scanned() {
		return this.scanned;
	}

	/** Goes on behind the delimiter: it does not end the line. */
	void pass() {
		this.scanned++;
		this.found = false;
	}

	/** So many bytes were taken from the buffer. */
	void taken(int length) {
		this.found = this.found && length <= this.scanned;
		this.scanned = Math.max(0, this.scanned - length);
	}

	/**
	 * How many bytes it went over in its life, the delimiters included: tests hold it
	 * linear. The bytes that a delimiter had behind it in its eight do not count; the
	 * next line goes over them.
	 */
	long examined() {
		return this.examined;
	}

}
