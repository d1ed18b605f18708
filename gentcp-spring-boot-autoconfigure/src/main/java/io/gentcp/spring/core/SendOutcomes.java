package io.gentcp.spring.core;

import java.util.concurrent.atomic.AtomicInteger;

import io.gentcp.QueuedPacket;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.transport.PosixError;

/**
 * What one connection does about each outcome of a send: the one place where results
 * become exceptions, and where the client's {@link Recovery} is acted upon. Any thread
 * may call it.
 */
final class SendOutcomes {

	private final Client client;

	private final ClientConnection connection;

	/** How many partial packets are their callers' to resume: recovery is manual. */
	private final AtomicInteger leftToCallers = new AtomicInteger();

	SendOutcomes(Client client, ClientConnection connection) {
		this.client = client;
		this.connection = connection;
	}

	/** Throws unless the packet is out or queued. */
	void check(SendResult result, long packetSize) {
		switch (result) {
			case SendResult.Sent() -> this.client.counters().packetSent();
			case SendResult.TimedOutQueued(QueuedPacket packet) -> throw stillQueued(packet);
			case SendResult.QueueFull full -> throw this.client.failures().queueFull(full, packetSize);
			case SendResult.TimedOutWithRest(RestData rest) -> throw timedOut(rest);
			case SendResult.TimedOut(long bytesOut) -> throw closedAtTimeout(bytesOut, packetSize);
			case SendResult.Refused refused -> throw this.client.failures().refused(refused, packetSize);
			case SendResult.Closed(long bytesOut) -> {
				this.connection.retire();
				throw this.client.failures().sendClosed(this.connection.whyClosed(), bytesOut, packetSize);
			}
			case SendResult.Failed(PosixError error, long bytesOut) -> {
				this.connection.end(ConnectionEnd.sendingFailed(error));
				throw this.client.failures().sendFailed(error, bytesOut, packetSize);
			}
		}
	}

	private GenTcpException stillQueued(QueuedPacket packet) {
		this.client.counters().sendTimeoutQueued();
		long size = packet.packetSize();
		return this.client.failures().stillQueued(packet, packet.whenOut().thenAccept((end) -> check(end, size)));
	}

	/** Throws unless the packet whose rest a caller has resumed is out. */
	void checkResumed(SendResult result, long packetSize) {
		if (result instanceof SendResult.TimedOutWithRest(RestData rest) && isLeftToCaller(rest)) {
			this.client.counters().sendTimeoutPartial();
			throw this.client.failures().leftToCaller(rest);
		}
		if (result instanceof SendResult.Sent && oneLess() > 0) {
			this.client.counters().recoveryResumedByCaller();
		}
		check(result, packetSize);
	}

	private boolean isLeftToCaller(RestData rest) {
		return this.client.settings().recovery() == Recovery.MANUAL && !rest.nothingSent();
	}

	private int oneLess() {
		return this.leftToCallers.getAndUpdate((left) -> Math.max(0, left - 1));
	}

	private GenTcpException timedOut(RestData rest) {
		if (rest.nothingSent()) {
			return nothingSent(rest);
		}
		return switch (this.client.settings().recovery()) {
			case RESUME -> resuming(rest);
			case MANUAL -> leftToCaller(rest);
			case CLOSE -> closedAtTimeout(rest.bytesOut(), rest.packetSize());
		};
	}

	private GenTcpException nothingSent(RestData rest) {
		// An interrupt closes no connection that is as good as before.
		if (this.client.settings().recovery() == Recovery.CLOSE && !Thread.currentThread().isInterrupted()) {
			return closedAtTimeout(0, rest.packetSize());
		}
		this.client.counters().sendTimeoutNothingSent();
		return this.client.failures().nothingSent(rest);
	}

	private GenTcpException resuming(RestData rest) {
		countPartial();
		return this.client.failures().resuming(rest, PartialPacketRecovery.start(this.connection, this.client, rest));
	}

	private GenTcpException leftToCaller(RestData rest) {
		countPartial();
		this.leftToCallers.incrementAndGet();
		if (this.connection.hasEnded()) {
			ended();
		}
		return this.client.failures().leftToCaller(rest);
	}

	private GenTcpException closedAtTimeout(long bytesOut, long packetSize) {
		this.connection.end(ConnectionEnd.SEND_TIMEOUT);
		if (bytesOut == 0) {
			this.client.counters().sendTimeoutNothingSent();
		}
		else {
			countPartial();
			this.client.counters().recoveryClosed();
		}
		return this.client.failures().closedAtTimeout(bytesOut, packetSize);
	}

	private void countPartial() {
		this.client.counters().sendTimeoutPartial();
		this.client.counters().partialPacket();
	}

	/** The connection has ended, and with it what callers had to resume. */
	void ended() {
		for (int left = this.leftToCallers.getAndSet(0); left > 0; left--) {
			this.client.counters().recoveryClosed();
		}
	}

}
