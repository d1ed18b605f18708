package io.gentcp.spring.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.gentcp.QueuedPacket;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.transport.PosixError;

/**
 * Completes one packet of which a part was out at its send timeout: sends its rest,
 * before everything else, within the recovery timeout. If that fails the connection is
 * closed, for nothing may follow a part of a packet. It waits on a virtual thread of its
 * own.
 */
final class PartialPacketRecovery implements Runnable {

	private final GenTcpConnection connection;

	private final SendOutcomes outcomes;

	private final RestData rest;

	private final PartialPacket packet;

	private final CompletableFuture<Void> completed = new CompletableFuture<>();

	PartialPacketRecovery(GenTcpConnection connection, SendOutcomes outcomes, RestData rest) {
		this.connection = connection;
		this.outcomes = outcomes;
		this.rest = rest;
		this.packet = PartialPacket.of(rest);
	}

	/** Returns the packet as it was at its send timeout. */
	PartialPacket packet() {
		return this.packet;
	}

	/** Returns what tells the end of it. */
	CompletableFuture<Void> completed() {
		return this.completed;
	}

	/** Begins to complete the packet; closes the connection if no thread is to be had. */
	void start(Executor virtualThreads) {
		try {
			virtualThreads.execute(this.outcomes.inContext(this));
		}
		catch (RejectedExecutionException ex) {
			this.connection.end(ConnectionEnd.NO_THREAD);
			closed(this.rest.bytesOut());
		}
	}

	@Override
	public void run() {
		switch (this.connection.socket().resume(this.rest, this.outcomes.recoveryTimeout())) {
			case SendResult.Sent sent -> {
				this.outcomes.check(sent, this.packet.packetSize());
				this.outcomes.recovered(RecoveryOutcome.COMPLETED, this.packet);
				this.completed.complete(null);
			}
			case SendResult.TimedOutWithRest(RestData left) -> abandoned(left.bytesOut());
			case SendResult.TimedOut(long bytesOut) -> abandoned(bytesOut);
			case SendResult.TimedOutQueued(QueuedPacket queued) -> abandoned(queued.bytesOut());
			case SendResult.QueueFull full -> abandoned(this.rest.bytesOut());
			case SendResult.Refused refused -> {
				this.connection.end(ConnectionEnd.restRefused(refused));
				closed(this.rest.bytesOut());
			}
			case SendResult.Closed(long bytesOut) -> closed(bytesOut);
			case SendResult.Failed(PosixError error, long bytesOut) -> {
				this.connection.end(ConnectionEnd.sendingFailed(error));
				closed(bytesOut);
			}
		}
	}

	private void abandoned(long bytesOut) {
		ConnectionEnd end = ConnectionEnd.recoveryTimeout(this.outcomes.recoveryTimeout());
		this.connection.end(end);
		this.outcomes.abandoned(RecoveryOutcome.ABANDONED, this.packet, bytesOut);
		fail(end.detail(), bytesOut);
	}

	private void closed(long bytesOut) {
		this.outcomes.abandoned(RecoveryOutcome.CLOSED, this.packet, bytesOut);
		fail(this.connection.whyClosed(), bytesOut);
	}

	private void fail(String reason, long bytesOut) {
		this.completed
			.completeExceptionally(this.outcomes.failures().recoveryFailed(reason, bytesOut, this.packet.packetSize()));
	}

}
