package io.gentcp.spring.core;

import java.util.concurrent.atomic.AtomicBoolean;

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

	/** Whether a caller holds the rest of a partial packet: recovery is manual. */
	private final AtomicBoolean leftToCaller = new AtomicBoolean();

	SendOutcomes(Client client, ClientConnection connection) {
		this.client = client;
		this.connection = connection;
	}

	/** Throws unless the packet is out. */
	void check(SendResult result, long packetSize) {
		switch (result) {
			case SendResult.Sent() -> this.client.counters().packetSent();
			case SendResult.TimedOutWithRest(RestData rest) -> throw timedOut(rest);
			case SendResult.TimedOut(long bytesOut) -> throw closedAtTimeout(bytesOut, packetSize);
			case SendResult.Refused refused -> throw this.client.failures().refused(refused, packetSize);
			case SendResult.Closed(long bytesOut) -> {
				this.connection.retire();
				throw this.client.failures().sendClosed(this.connection.whyClosed(), bytesOut, packetSize);
			}
			case SendResult.Failed(PosixError error, long bytesOut) -> {
				this.connection.end(new ConnectionEnd.Failed(error, "sending failed with %s,".formatted(error)));
				throw this.client.failures().sendFailed(error, bytesOut, packetSize);
			}
		}
	}

	/** Throws unless the packet whose rest a caller has resumed is out. */
	void checkResumed(SendResult result, long packetSize) {
		if (result instanceof SendResult.Sent && this.leftToCaller.getAndSet(false)) {
			this.client.counters().recoveryResumedByCaller();
		}
		check(result, packetSize);
	}

	private GenTcpException timedOut(RestData rest) {
		return switch (this.client.settings().recovery()) {
			case RESUME -> rest.nothingSent() ? nothingSent(rest) : resuming(rest);
			case MANUAL -> rest.nothingSent() ? nothingSent(rest) : leftToCaller(rest);
			case CLOSE -> isHarmless(rest) ? nothingSent(rest) : closedAtTimeout(rest.bytesOut(), rest.packetSize());
		};
	}

	/** An interrupt closes no connection that is as good as before. */
	private static boolean isHarmless(RestData rest) {
		return rest.nothingSent() && Thread.currentThread().isInterrupted();
	}

	private GenTcpException nothingSent(RestData rest) {
		this.client.counters().sendTimeoutNothingSent();
		return this.client.failures().nothingSent(rest);
	}

	private GenTcpException resuming(RestData rest) {
		this.client.counters().sendTimeoutPartial();
		this.client.counters().partialPacket();
		return this.client.failures().resuming(rest, PartialPacketRecovery.start(this.connection, this.client, rest));
	}

	private GenTcpException leftToCaller(RestData rest) {
		this.client.counters().sendTimeoutPartial();
		if (this.leftToCaller.compareAndSet(false, true)) {
			this.client.counters().partialPacket();
		}
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
			this.client.counters().sendTimeoutPartial();
			this.client.counters().partialPacket();
			this.client.counters().recoveryClosed();
		}
		return this.client.failures().closedAtTimeout(bytesOut, packetSize);
	}

	/** The connection has ended, and with it a rest that nobody has resumed. */
	void ended() {
		if (this.leftToCaller.getAndSet(false)) {
			this.client.counters().recoveryClosed();
		}
	}

}
