package io.gentcp.spring.core;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a client has done since it was made. Each number only grows; any thread may read
 * it, at any time, without disturbing those that count.
 */
public final class ClientCounters {

	private final LongAdder connectionsOpened = new LongAdder();

	private final LongAdder packetsSent = new LongAdder();

	private final LongAdder packetsReceived = new LongAdder();

	private final LongAdder sendTimeoutsNothingSent = new LongAdder();

	private final LongAdder sendTimeoutsPartial = new LongAdder();

	private final LongAdder sendTimeoutsQueued = new LongAdder();

	private final LongAdder partialPackets = new LongAdder();

	private final LongAdder recoveriesCompleted = new LongAdder();

	private final LongAdder recoveriesResumedByCaller = new LongAdder();

	private final LongAdder recoveriesAbandoned = new LongAdder();

	private final LongAdder recoveriesClosed = new LongAdder();

	private final LongAdder lateReplies = new LongAdder();

	private final LongAdder uncorrelatedPackets = new LongAdder();

	ClientCounters() {
	}

	/** Returns how many connections were opened. */
	public long connectionsOpened() {
		return this.connectionsOpened.sum();
	}

	/**
	 * Returns how many packets are out whole, the recovered ones among them, or, on the
	 * inet backend, queued.
	 */
	public long packetsSent() {
		return this.packetsSent.sum();
	}

	/** Returns how many packets arrived, other than for callbacks. */
	public long packetsReceived() {
		return this.packetsReceived.sum();
	}

	/** Returns how many sends timed out with nothing of their packet out. */
	public long sendTimeoutsNothingSent() {
		return this.sendTimeoutsNothingSent.sum();
	}

	/** Returns how many sends timed out with a part of their packet out. */
	public long sendTimeoutsPartial() {
		return this.sendTimeoutsPartial.sum();
	}

	/**
	 * Returns how many sends timed out with their packet queued. When it is out it counts
	 * as sent, too.
	 */
	public long sendTimeoutsQueued() {
		return this.sendTimeoutsQueued.sum();
	}

	/**
	 * Returns how many packets were left with a part out. A packet that times out again
	 * while it is resumed counts once.
	 */
	public long partialPackets() {
		return this.partialPackets.sum();
	}

	/** Returns how many partial packets the background has completed. */
	public long recoveriesCompleted() {
		return this.recoveriesCompleted.sum();
	}

	/** Returns how many partial packets their senders have resumed to the end. */
	public long recoveriesResumedByCaller() {
		return this.recoveriesResumedByCaller.sum();
	}

	/**
	 * Returns how many partial packets were given up at the recovery timeout, with the
	 * connection closed.
	 */
	public long recoveriesAbandoned() {
		return this.recoveriesAbandoned.sum();
	}

	/**
	 * Returns how many partial packets ended because the connection closed: by recovery
	 * {@link Recovery#CLOSE close}, by the peer, or by the application.
	 */
	public long recoveriesClosed() {
		return this.recoveriesClosed.sum();
	}

	/** Returns how many replies came after their request was given up. */
	public long lateReplies() {
		return this.lateReplies.sum();
	}

	/** Returns how many packets arrived for which there was no request. */
	public long uncorrelatedPackets() {
		return this.uncorrelatedPackets.sum();
	}

	void connectionOpened() {
		this.connectionsOpened.increment();
	}

	void packetSent() {
		this.packetsSent.increment();
	}

	void packetReceived() {
		this.packetsReceived.increment();
	}

	void sendTimeoutNothingSent() {
		this.sendTimeoutsNothingSent.increment();
	}

	void sendTimeoutPartial() {
		this.sendTimeoutsPartial.increment();
	}

	void sendTimeoutQueued() {
		this.sendTimeoutsQueued.increment();
	}

	void partialPacket() {
		this.partialPackets.increment();
	}

	void recoveryCompleted() {
		this.recoveriesCompleted.increment();
	}

	void recoveryResumedByCaller() {
		this.recoveriesResumedByCaller.increment();
	}

	void recoveryAbandoned() {
		this.recoveriesAbandoned.increment();
	}

	void recoveryClosed() {
		this.recoveriesClosed.increment();
	}

	void lateReply() {
		this.lateReplies.increment();
	}

	void uncorrelatedPacket() {
		this.uncorrelatedPackets.increment();
	}

}
