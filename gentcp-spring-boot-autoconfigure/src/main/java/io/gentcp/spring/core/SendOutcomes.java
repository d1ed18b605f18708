package io.gentcp.spring.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.gentcp.QueuedPacket;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.transport.PosixError;
import org.jspecify.annotations.Nullable;

/**
 * What one connection does about each outcome of a send: the one place where results
 * become exceptions, and where {@link Recovery} is acted upon. Any thread may call it.
 */
final class SendOutcomes {

	private final GenTcpConnection connection;

	private final GenTcpConnections owner;

	private final SendFailures failures;

	/**
	 * The partial packets that are their senders' to resume, by the rest that each sender
	 * has: recovery is manual. The next one may be cut before the sender of the last one
	 * gets here, so each takes only itself away.
	 */
	private final Map<RestData, PartialPacket> leftToCallers = new ConcurrentHashMap<>();

	/**
	 * The partial packet that the background completes. The next one may be cut before
	 * the thread of the last one gets here, so each takes only itself away.
	 */
	private final AtomicReference<@Nullable PartialPacket> recovering = new AtomicReference<>();

	SendOutcomes(GenTcpConnection connection, GenTcpConnections owner) {
		this.connection = connection;
		this.owner = owner;
		this.failures = SendFailures.of(owner.settings(), connection);
	}

	/** Throws unless the packet is out or queued. */
	void check(SendResult result, long packetSize) {
		switch (result) {
			case SendResult.Sent() -> counters().packetSent();
			case SendResult.TimedOutQueued(QueuedPacket packet) -> throw stillQueued(packet);
			case SendResult.QueueFull full -> throw this.failures.queueFull(full, packetSize);
			case SendResult.TimedOutWithRest(RestData rest) -> throw timedOut(rest);
			case SendResult.TimedOut(long bytesOut) -> throw closedAtTimeout(bytesOut, packetSize);
			case SendResult.Refused refused -> throw this.failures.refused(refused, packetSize);
			case SendResult.Closed(long bytesOut) -> {
				this.connection.retire();
				throw this.failures.sendClosed(this.connection.whyClosed(), bytesOut, packetSize);
			}
			case SendResult.Failed(PosixError error, long bytesOut) -> {
				this.connection.end(ConnectionEnd.sendingFailed(error));
				throw this.failures.sendFailed(error, bytesOut, packetSize);
			}
		}
	}

	private GenTcpException stillQueued(QueuedPacket packet) {
		counters().sendTimeoutQueued();
		long size = packet.packetSize();
		return told(this.failures.stillQueued(packet, packet.whenOut().thenAccept((end) -> check(end, size))));
	}

	/** Throws unless the packet whose rest its sender has resumed is out. */
	void checkResumed(SendResult result, RestData resumed) {
		if (result instanceof SendResult.TimedOutWithRest(RestData rest) && isLeftToCaller(rest)) {
			counters().sendTimeoutPartial();
			PartialPacket packet = this.leftToCallers.remove(resumed);
			if (packet == null) {
				// Nothing of it was out before.
				counters().partialPacket();
			}
			leave((packet != null) ? packet.at(rest) : PartialPacket.of(rest), rest);
			throw told(this.failures.leftToCaller(rest));
		}
		if (result instanceof SendResult.Sent) {
			PartialPacket packet = this.leftToCallers.remove(resumed);
			if (packet != null) {
				recovered(RecoveryOutcome.RESUMED_BY_CALLER, packet);
			}
		}
		check(result, resumed.packetSize());
	}

	private boolean isLeftToCaller(RestData rest) {
		return this.owner.settings().recovery() == Recovery.MANUAL && !rest.nothingSent();
	}

	private GenTcpException timedOut(RestData rest) {
		if (rest.nothingSent()) {
			return nothingSent(rest);
		}
		return switch (this.owner.settings().recovery()) {
			case RESUME -> resuming(rest);
			case MANUAL -> leftToCaller(rest);
			case CLOSE -> closedAtTimeout(rest.bytesOut(), rest.packetSize());
		};
	}

	private GenTcpException nothingSent(RestData rest) {
		// An interrupt closes no connection that is as good as before.
		if (this.owner.settings().recovery() == Recovery.CLOSE && !Thread.currentThread().isInterrupted()) {
			return closedAtTimeout(0, rest.packetSize());
		}
		counters().sendTimeoutNothingSent();
		return told(this.failures.nothingSent(rest));
	}

	private GenTcpException resuming(RestData rest) {
		countPartial();
		PartialPacketRecovery recovery = new PartialPacketRecovery(this.connection, this, rest);
		this.recovering.set(recovery.packet());
		// Told first: whoever listens hears of the recovery after its beginning.
		SendTimeoutException failure = told(this.failures.resuming(rest, recovery.completed()));
		recovery.start(this.owner.virtualThreads());
		return failure;
	}

	private GenTcpException leftToCaller(RestData rest) {
		countPartial();
		leave(PartialPacket.of(rest), rest);
		return told(this.failures.leftToCaller(rest));
	}

	private void leave(PartialPacket packet, RestData rest) {
		this.leftToCallers.put(rest, packet);
		if (this.connection.hasEnded()) {
			ended();
		}
	}

	private GenTcpException closedAtTimeout(long bytesOut, long packetSize) {
		if (bytesOut == 0) {
			counters().sendTimeoutNothingSent();
		}
		else {
			countPartial();
		}
		SendTimeoutException failure = told(this.failures.closedAtTimeout(bytesOut, packetSize));
		this.connection.end(ConnectionEnd.SEND_TIMEOUT);
		if (bytesOut > 0) {
			abandoned(RecoveryOutcome.CLOSED, PartialPacket.now(packetSize), bytesOut);
		}
		return failure;
	}

	private void countPartial() {
		counters().sendTimeoutPartial();
		counters().partialPacket();
	}

	private SendTimeoutException told(SendTimeoutException failure) {
		this.owner.publish(new GenTcpEvent.SendTimedOut(this.connection, failure));
		return failure;
	}

	/** A partial packet is out whole. */
	void recovered(RecoveryOutcome outcome, PartialPacket packet) {
		this.recovering.compareAndSet(packet, null);
		counters().recovered(outcome, packet.age());
		this.owner
			.publish(new GenTcpEvent.PacketRecovered(this.connection, outcome, packet.packetSize(), packet.age()));
	}

	/** A partial packet will never be whole. */
	void abandoned(RecoveryOutcome outcome, PartialPacket packet, long bytesOut) {
		this.recovering.compareAndSet(packet, null);
		counters().recovered(outcome, packet.age());
		this.owner.publish(
				new GenTcpEvent.PacketAbandoned(this.connection, outcome, bytesOut, packet.packetSize(), packet.age()));
	}

	/** The connection has ended, and with it what its sender had to resume. */
	void ended() {
		List.copyOf(this.leftToCallers.keySet()).forEach((rest) -> {
			PartialPacket packet = this.leftToCallers.remove(rest);
			if (packet != null) {
				abandoned(RecoveryOutcome.CLOSED, packet, packet.bytesOut());
			}
		});
	}

	/** Returns the packet of which only a part is out, as it is now. */
	Optional<PartialPacket> partialPacket() {
		return Stream.concat(Stream.ofNullable(this.recovering.get()), this.leftToCallers.values().stream())
			.map((packet) -> packet.on(this.connection.socket()))
			.filter((packet) -> packet.rest() > 0)
			.findFirst();
	}

	SendFailures failures() {
		return this.failures;
	}

	Duration recoveryTimeout() {
		return this.owner.settings().recoveryTimeout();
	}

	/** Returns a task that runs in the context of the packet's sender. */
	Runnable inContext(Runnable task) {
		return this.owner.inContext(task);
	}

	private EndpointCounters counters() {
		return this.owner.counters();
	}

}
