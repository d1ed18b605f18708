package io.gentcp.transport;

/**
 * Which writes a {@link SendQueue} takes, how long their senders wait, and what becomes
 * of a write whose sender gives up: what the backends do differently with it. All of it
 * runs under the lock of that queue.
 */
sealed interface Admission permits TornPacket, DriverQueue {

	/** Returns whether a write gets a place in line; otherwise settles it. */
	boolean admits(Write write);

	/** Returns whether a write goes before all others, and from now on may. */
	boolean goesFirst(Write write);

	/**
	 * Returns whether the sender of a write that came now would have to wait, and lend
	 * its bytes meanwhile.
	 * @param size the number of its bytes
	 */
	boolean holds(int size);

	/**
	 * Returns whether a packet gets a place whose sender waits for nothing.
	 * @param size the number of its bytes
	 */
	boolean takesAtOnce(int size);

	/**
	 * Returns whether a packet gets a place behind those that the {@link Cork} holds: the
	 * kernel was not asked yet, so nobody waits for them to leave.
	 * @param size the number of its bytes
	 */
	boolean takesBehindHeld(int size);

	/** Returns whether what is in line has reached that for which a sender waits. */
	boolean isHigh();

	/** Bytes have got a place for which nobody waits. */
	void added(int count);

	/** A write has got its place, behind all that was in line before. */
	void added(Write write);

	/** Returns whether nothing of what is in line may go out now. */
	boolean holdsBack();

	/**
	 * A write leaves the line and is about to be settled: from then on its sender may use
	 * it again, elsewhere.
	 */
	void leaves(Write write);

	/** Bytes have left the line: they are out, or were taken back. */
	void left(int count);

	/**
	 * The sender of a write that is not in flight waits no longer.
	 * @return whether the write stays in line without it
	 */
	boolean release(Write write);

	/** Settles a write that was taken out of the line before all of it was out. */
	void gaveUp(Write write, SendQueue queue);

	/**
	 * From now on the senders know what follows what is out.
	 */
	void mend(SendQueue queue);

	/** Returns what is not out though no sender waits for it. */
	PendingOutput pending();

	/** Changes how much is queued. */
	void configure(Watermarks watermarks);

}
