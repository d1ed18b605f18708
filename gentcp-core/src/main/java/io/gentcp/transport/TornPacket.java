package io.gentcp.transport;

import org.jspecify.annotations.Nullable;

/**
 * The socket backend: a sender waits until its write is settled, and what is not out at
 * its deadline is its own again. So there may be a packet of which a part is out and the
 * rest is not. Nothing but that rest goes out until it is resumed or {@link #mend given
 * up}; this is the one place that sees to it. Other writes wait behind it or are refused.
 */
final class TornPacket implements Admission {

	/**
	 * Whether writes wait behind the torn one; otherwise they are refused. Set without
	 * the lock, for those that come.
	 */
	private volatile boolean waitBehind;

	/** What is missing of the packet, until somebody resumes it. */
	private @Nullable Write rest;

	TornPacket(boolean waitBehind) {
		this.waitBehind = waitBehind;
	}

	/** Changes whether writes wait behind the torn one. Any thread may call it. */
	void waitBehind(boolean waitBehind) {
		this.waitBehind = waitBehind;
	}

	@Override
	public boolean admits(Write write) {
		Write rest = this.rest;
		if (rest != null && rest != write && !this.waitBehind) {
			write.settle(refused(rest));
			return false;
		}
		return true;
	}

	@Override
	public boolean goesFirst(Write write) {
		boolean resumed = this.rest == write;
		if (resumed) {
			this.rest = null;
		}
		return resumed;
	}

	/** Every sender waits. */
	@Override
	public boolean holds(int size) {
		return true;
	}

	@Override
	public boolean takesAtOnce(int size) {
		return false;
	}

	@Override
	public boolean takesBehindHeld(int size) {
		return false;
	}

	@Override
	public boolean isHigh() {
		return false;
	}

	@Override
	public void added(int count) {
		throw new UnsupportedOperationException("every sender waits for its packet");
	}

	@Override
	public void added(Write write) {
		// Its sender waits, as every sender does.
	}

	@Override
	public boolean holdsBack() {
		return this.rest != null;
	}

	@Override
	public void leaves(Write write) {
		// Nobody waits for room.
	}

	@Override
	public void left(int count) {
		// Nobody waits for room.
	}

	@Override
	public boolean release(Write write) {
		return false;
	}

	@Override
	public void gaveUp(Write write, SendQueue queue) {
		Write rest = write.rest();
		if (rest.outBefore() > 0 && (write.isWhole() || this.waitBehind)) {
			this.rest = rest;
			if (!this.waitBehind) {
				queue.settleAll(refused(rest));
			}
		}
		write.settle(new WriteOutcome.TimedOut(rest));
	}

	/**
	 * Gives up the rest. Writes that waited for it were made for an unbroken stream, and
	 * are refused.
	 */
	@Override
	public void mend(SendQueue queue) {
		Write rest = this.rest;
		if (rest != null) {
			queue.settleAll(refused(rest));
			this.rest = null;
		}
	}

	private static WriteOutcome refused(Write rest) {
		return new WriteOutcome.Refused(rest.bytesOut(), rest.packetSize());
	}

	@Override
	public PendingOutput pending() {
		Write rest = this.rest;
		return (rest != null) ? new PendingOutput(0, rest.outBefore(), rest.remaining()) : new PendingOutput(0, 0, 0);
	}

	@Override
	public void configure(Watermarks watermarks) {
		// Nothing is queued that nobody waits for.
	}

}
