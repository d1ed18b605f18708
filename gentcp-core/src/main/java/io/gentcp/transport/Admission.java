package io.gentcp.transport;

/**
 * Which writes a {@link SendQueue} takes, and how long their senders wait: what the
 * backends do differently with it. All of it runs under the lock of that queue.
 */
sealed interface Admission permits UntilOut, DriverQueue {

	/** Returns whether a write gets a place in line; otherwise settles it. */
	boolean admits(Write write);

	/** A write has got its place, behind all that was in line before. */
	void added(Write write);

	/** Bytes have left the line: they are out, or were taken back. */
	void left(int count);

	/**
	 * The sender of a write waits no longer.
	 * @return whether the write stays in line without it
	 */
	boolean release(Write write);

	/** Changes how much is queued. */
	void configure(Watermarks watermarks);

}
