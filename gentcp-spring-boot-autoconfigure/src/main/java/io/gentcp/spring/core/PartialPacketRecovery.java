package io.gentcp.spring.core;

import java.util.concurrent.CompletableFuture;
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

	private final ClientConnection connection;

	private final Client client;

	private final RestData rest;

	private final CompletableFuture<Void> completed = new CompletableFuture<>();

	private PartialPacketRecovery(ClientConnection connection, Client client, RestData rest) {
		this.connection = connection;
		this.client = client;
		this.rest = rest;
	}

	/** Begins to complete a packet; returns what tells the end of it. */
	static CompletableFuture<Void> start(ClientConnection connection, Client client, RestData rest) {
		PartialPacketRecovery recovery = new PartialPacketRecovery(connection, client, rest);
		try {
			client.virtualThreads().execute(recovery);
		}
		catch (RejectedExecutionException ex) {
			connection.end(ConnectionEnd.NO_THREAD);
			recovery.closed(rest.bytesOut());
		}
		return recovery.completed;
	}

	@Override
	public void run() {
		switch (this.connection.socket().resume(this.rest, this.client.settings().recoveryTimeout())) {
			case SendResult.Sent() -> {
				this.client.counters().packetSent();
				this.client.counters().recoveryCompleted();
				this.completed.complete(null);
			}
			case SendResult.TimedOutWithRest(RestData left) -> abandoned(left.bytesOut());
			case SendResult.TimedOut(long bytesOut) -> abandoned(bytesOut);
			case SendResult.TimedOutQueued(QueuedPacket packet) -> abandoned(packet.bytesOut());
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
		ConnectionEnd end = ConnectionEnd.recoveryTimeout(this.client.settings().recoveryTimeout());
		this.connection.end(end);
		this.client.counters().recoveryAbandoned();
		fail(end.reason(), bytesOut);
	}

	private void closed(long bytesOut) {
		this.client.counters().recoveryClosed();
		fail(this.connection.whyClosed(), bytesOut);
	}

	private void fail(String reason, long bytesOut) {
		this.completed
			.completeExceptionally(this.client.failures().recoveryFailed(reason, bytesOut, this.rest.packetSize()));
	}

}
