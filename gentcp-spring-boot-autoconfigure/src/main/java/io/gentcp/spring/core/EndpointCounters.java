package io.gentcp.spring.core;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.gentcp.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a client or a server has done since it was made. Each number only grows; any
 * thread may read it, at any time, without disturbing those that count.
 */
public final class EndpointCounters {

	private final LongAdder connectionsOpened = new LongAdder();

	private final Map<CloseReason, LongAdder> connectionsClosed = adders(CloseReason.class);

	private final LongAdder connectsFailed = new LongAdder();

	private final LongAdder handshakesCompleted = new LongAdder();

	private final LongAdder handshakesFailed = new LongAdder();

	private final Traffic traffic = new Traffic();

	private final LongAdder packetsSent = new LongAdder();

	private final LongAdder packetsReceived = new LongAdder();

	private final LongAdder sendsBlocked = new LongAdder();

	private final LongAdder sendsBlockedNanos = new LongAdder();

	private final LongAdder sendTimeoutsNothingSent = new LongAdder();

	private final LongAdder sendTimeoutsPartial = new LongAdder();

	private final LongAdder sendTimeoutsQueued = new LongAdder();

	private final LongAdder partialPackets = new LongAdder();

	private final Map<RecoveryOutcome, LongAdder> recoveries = adders(RecoveryOutcome.class);

	private final Map<RecoveryOutcome, LongAdder> recoveryNanos = adders(RecoveryOutcome.class);

	private final LongAdder invalidPackets = new LongAdder();

	private final LongAdder lateReplies = new LongAdder();

	private final LongAdder uncorrelatedPackets = new LongAdder();

	/** Nobody, unless somebody asked for it: it is called for every packet. */
	private volatile @Nullable PacketSizes sizes;

	EndpointCounters() {
	}

	private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
		Map<E, LongAdder> adders = new EnumMap<>(type);
		for (E constant : type.getEnumConstants()) {
			adders.put(constant, new LongAdder());
		}
		return adders;
	}

	private static <E extends Enum<E>> LongAdder adder(Map<E, LongAdder> adders, E constant) {
		LongAdder adder = adders.get(constant);
		if (adder == null) {
			throw new AssertionError(constant);
		}
		return adder;
	}

	/** Returns how many connections were opened. */
	public long connectionsOpened() {
		return this.connectionsOpened.sum();
	}

	/** Returns how many connections have ended for this reason. */
	public long connectionsClosed(CloseReason reason) {
		return adder(this.connectionsClosed, reason).sum();
	}

	/** Returns how many attempts to connect have failed. */
	public long connectsFailed() {
		return this.connectsFailed.sum();
	}

	/** Returns how many TLS handshakes have led to a connection. */
	public long handshakesCompleted() {
		return this.handshakesCompleted.sum();
	}

	/** Returns how many TLS handshakes have not. */
	public long handshakesFailed() {
		return this.handshakesFailed.sum();
	}

	/** Returns how many bytes are out, headers included. */
	public long bytesSent() {
		return this.traffic.bytesSent();
	}

	/** Returns how many bytes the packets had that were received, headers included. */
	public long bytesReceived() {
		return this.traffic.bytesReceived();
	}

	/**
	 * Returns how many packets are out whole, the recovered ones among them, or, on the
	 * inet backend, queued. What an application sends on a socket itself is not counted.
	 */
	public long packetsSent() {
		return this.packetsSent.sum();
	}

	/** Returns how many packets arrived, other than for callbacks. */
	public long packetsReceived() {
		return this.packetsReceived.sum();
	}

	/** Returns how many sends had to wait. */
	public long sendsBlocked() {
		return this.sendsBlocked.sum();
	}

	/** Returns how long all of them together have waited. */
	public Duration sendsBlockedTime() {
		return Duration.ofNanos(this.sendsBlockedNanos.sum());
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

	/** Returns of how many partial packets this became. */
	public long recoveries(RecoveryOutcome outcome) {
		return adder(this.recoveries, outcome).sum();
	}

	/** Returns how long that took, of all of them together, since their send timeout. */
	public Duration recoveryTime(RecoveryOutcome outcome) {
		return Duration.ofNanos(adder(this.recoveryNanos, outcome).sum());
	}

	/** Returns how many times a peer has sent what is no packet. */
	public long invalidPackets() {
		return this.invalidPackets.sum();
	}

	/** Returns how many replies came after their request was given up. */
	public long lateReplies() {
		return this.lateReplies.sum();
	}

	/** Returns how many packets arrived for which there was no request. */
	public long uncorrelatedPackets() {
		return this.uncorrelatedPackets.sum();
	}

	void opened(GenTcpConnection connection) {
		this.connectionsOpened.increment();
		if (connection.tlsSession().isPresent()) {
			this.handshakesCompleted.increment();
		}
		this.traffic.opened(connection.socket());
	}

	void closed(GenTcpConnection connection, CloseReason reason) {
		adder(this.connectionsClosed, reason).increment();
		if (reason == CloseReason.PROTOCOL) {
			this.invalidPackets.increment();
		}
		this.traffic.closed(connection.socket());
	}

	void connectFailed() {
		this.connectsFailed.increment();
	}

	void handshakeFailed() {
		this.handshakesFailed.increment();
	}

	/** Has somebody told the size of every packet from now on, and nobody else. */
	public void tellSizes(PacketSizes sizes) {
		this.sizes = sizes;
	}

	/** A packet of this size, without header, has begun to be sent. */
	void packetBegun(int size) {
		PacketSizes sizes = this.sizes;
		if (sizes != null) {
			sizes.sent(size);
		}
	}

	void packetSent() {
		this.packetsSent.increment();
	}

	/** A packet has arrived. */
	public void packetReceived(Packet packet) {
		this.packetsReceived.increment();
		PacketSizes sizes = this.sizes;
		if (sizes != null) {
			sizes.received(packet);
		}
	}

	void sendBlocked(long nanos) {
		this.sendsBlocked.increment();
		this.sendsBlockedNanos.add(nanos);
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

	void recovered(RecoveryOutcome outcome, Duration took) {
		adder(this.recoveries, outcome).increment();
		adder(this.recoveryNanos, outcome).add(took.toNanos());
	}

	void lateReply() {
		this.lateReplies.increment();
	}

	void uncorrelatedPacket() {
		this.uncorrelatedPackets.increment();
	}

}
