package io.gentcp.spring.core;

import java.time.Duration;

import io.gentcp.SendResult;
import io.gentcp.transport.PosixError;

/** Why a connection ended: what those are told who waited for something from it. */
public sealed interface ConnectionEnd {

	/** The peer ended its stream, or the connection broke. */
	ConnectionEnd BY_PEER = new Closed(CloseReason.PEER, "the peer closed the connection, or it broke");

	/** The socket was closed here, but not by its client or server. */
	ConnectionEnd BY_APPLICATION = new Closed(CloseReason.LOCAL, "this application closed the socket");

	/** The client was closed. */
	ConnectionEnd CLIENT_CLOSED = new Closed(CloseReason.SHUTDOWN, "this application closed the client");

	/** The server was stopped. */
	ConnectionEnd SERVER_STOPPED = new Closed(CloseReason.SHUTDOWN, "the server stopped");

	/** A packet timed out. */
	ConnectionEnd SEND_TIMEOUT = new Closed(CloseReason.SEND_TIMEOUT,
			"the connection was closed because a send timed out (recovery: close)");

	/** A part of a packet is out, and the executor takes no task that sends its rest. */
	ConnectionEnd NO_THREAD = new Closed(CloseReason.RECOVERY,
			"the connection was closed because no thread was to be had to send the rest of a packet");

	/** Receiving failed in a way that has no reason of its own. */
	ConnectionEnd RECEIVER_BROKE = new Failed(PosixError.EIO, "receiving failed with %s".formatted(PosixError.EIO));

	/** Receiving failed. */
	static ConnectionEnd receivingFailed(PosixError error, String detail) {
		return new Failed(error, "receiving failed with %s, %s".formatted(error, detail));
	}

	/** A send failed. */
	static ConnectionEnd sendingFailed(PosixError error) {
		return new Failed(error, "sending failed with %s".formatted(error));
	}

	/** Whoever handled a packet threw this. */
	static ConnectionEnd handlerFailed(Throwable failure) {
		return new Closed(CloseReason.ERROR, "the connection was closed because handling a packet failed: " + failure);
	}

	/** Something broke before others could send. */
	static ConnectionEnd openingFailed(Throwable failure) {
		return new Closed(CloseReason.ERROR, "the connection was closed because opening it failed: " + failure);
	}

	/** The queue of the inet backend had no room. */
	static ConnectionEnd queueFull(QueueFullException failure) {
		return new Closed(CloseReason.OVERLOAD,
				"the connection was closed because the queue had no room: " + failure.getMessage());
	}

	/** The rest of a packet timed out. */
	static ConnectionEnd recoveryTimeout(Duration timeout) {
		return new Closed(CloseReason.RECOVERY,
				"the connection was closed because the rest of a packet was not out within recovery-timeout"
						+ " (%s)".formatted(SendFailures.text(timeout)));
	}

	/** Somebody else had a part of a packet out, through the socket itself. */
	static ConnectionEnd restRefused(SendResult.Refused refused) {
		return new Closed(CloseReason.RECOVERY,
				"the connection was closed because the rest of a packet was " + refused);
	}

	/** Too many requests were left without a reply. */
	static ConnectionEnd unanswered(int requests) {
		return new Closed(CloseReason.ERROR,
				"the connection was closed because the peer left %d requests without a reply, and the next"
					.formatted(requests) + " packet could be the reply to any of them");
	}

	/** So many requests in a row had no reply in time, while late replies came. */
	static ConnectionEnd outOfStep(int requests) {
		return new Closed(CloseReason.ERROR,
				"the connection was closed because %d requests in a row had no reply in time, while packets came that "
					.formatted(requests) + "were taken for the replies to earlier ones: an earlier request is likely "
						+ "to have had no reply at all, and then replies can no longer be told apart");
	}

	/** Returns what kind of end it is. */
	CloseReason reason();

	/** Returns the end in words. */
	String detail();

	/** It was closed. */
	record Closed(CloseReason reason, String detail) implements ConnectionEnd {
	}

	/** Sending or receiving failed. */
	record Failed(PosixError error, String detail) implements ConnectionEnd {

		@Override
		public CloseReason reason() {
			return (this.error == PosixError.EMSGSIZE) ? CloseReason.PROTOCOL : CloseReason.ERROR;
		}

	}

}
