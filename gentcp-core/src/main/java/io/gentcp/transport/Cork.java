package io.gentcp.transport;

import org.jspecify.annotations.Nullable;

/**
 * Whether a packet that nobody waits for stays a moment for the next one, so that both go
 * out in one call: a call of the kernel costs as much as thirty small packets. It stays
 * in two cases.
 * <ul>
 * <li>Its sender has received a packet and has another one at hand. Before it looks for
 * more, or waits for what it has begun to send, what was held back is written.</li>
 * <li>On the inet backend, packets come so fast that each finds the last one just
 * written. Then they are written when there are {@link #ENOUGH} bytes of them.</li>
 * </ul>
 * In both cases the poller comes within a millisecond or two, writes what it finds, and
 * the next packet goes out at once again. A request whose answer is awaited never waits.
 * <p>
 * All under the lock of the {@link SendQueue}, but for what the receiving thread sets.
 */
final class Cork {

	/** With so many bytes a batch is worth a call. */
	static final int ENOUGH = 32 * 1024;

	/** No packet is held with which there would be more. */
	private static final int MOST = 128 * 1024;

	/**
	 * A sender is fast that comes back within this time after its last packet was out.
	 */
	private static final long FAST_NANOS = 3_000;

	/** So many packets in a row have to be fast. */
	private static final int FAST_PACKETS = 8;

	private final boolean allowed;

	/**
	 * Who has another packet at hand. Set by the thread itself and read to be compared
	 * with the reading thread, so what other threads see of it does not matter.
	 */
	private @Nullable Thread receiver;

	private int fast;

	private long writtenAt;

	/** Whether something is held back. */
	private volatile boolean holding;

	/** How many bytes of it there are. */
	private int held;

	/** Whether the same was held back at the last tick. */
	private boolean seen;

	Cork(boolean allowed) {
		this.allowed = allowed;
	}

	/** This thread has received a packet. */
	void received(boolean moreAtHand) {
		this.receiver = moreAtHand ? Thread.currentThread() : null;
	}

	/**
	 * Returns whether a packet stays that was appended with nobody writing, and whose
	 * sender has gone on. Otherwise somebody is to write.
	 * @param size the number of its bytes
	 */
	boolean holds(int size) {
		return hasRoomFor(size) && (isReceiver() || isFast()) && hold(size);
	}

	/** Returns the same of a packet whose sender may come back to wait for it. */
	boolean holdsBegun(int size) {
		return hasRoomFor(size) && isReceiver() && hold(size);
	}

	private boolean hasRoomFor(int size) {
		return this.allowed && this.held < ENOUGH && size < MOST - this.held;
	}

	private boolean isReceiver() {
		return this.receiver == Thread.currentThread();
	}

	private boolean isFast() {
		if (this.fast >= FAST_PACKETS) {
			return true;
		}
		this.fast = (System.nanoTime() - this.writtenAt < FAST_NANOS) ? this.fast + 1 : 0;
		return false;
	}

	private boolean hold(int size) {
		if (!this.holding) {
			this.holding = true;
			this.seen = false;
		}
		this.held += size;
		return true;
	}

	/** Any thread may ask. */
	boolean isHolding() {
		return this.holding;
	}

	/** Somebody writes what there is. */
	void pulled() {
		if (this.holding) {
			this.holding = false;
			this.held = 0;
		}
	}

	/** Everything is out. */
	void written() {
		if (this.allowed) {
			this.writtenAt = System.nanoTime();
		}
	}

	/**
	 * The poller comes by.
	 * @return whether nobody came for what is held back since the last time
	 */
	boolean tick() {
		boolean expired = this.holding && this.seen;
		this.seen = this.holding;
		if (expired) {
			this.receiver = null;
			this.fast = 0;
		}
		return expired;
	}

}
