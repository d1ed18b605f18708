package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * Looks for the byte that ends a line, and looks at no byte twice: it remembers, relative
 * to the position of the buffer, how far it has come. One reader uses it at a time.
 */
final class DelimiterScan {

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
		int start = in.position();
		int at = this.scanned;
		while (at < end && in.get(start + at) != delimiter) {
			at++;
		}
		this.found = at < end;
		this.examined += at - this.scanned + (this.found ? 1 : 0);
		this.scanned = at;
	}

	/** How many bytes are in front of the delimiter, or were looked at without one. */
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

	/** How many bytes were looked at in its life: tests hold it linear. */
	long examined() {
		return this.examined;
	}

}
