package io.gentcp.spring.core;

import java.time.Duration;

import io.gentcp.SendResult;
import io.gentcp.transport.PosixError;

/** Why a connection ended: what those are told who waited for something from it. */
sealed interface ConnectionEnd {

	/** The peer ended its stream, or the connection broke. */
	ConnectionEnd BY_PEER = new Closed("the peer closed the connection, or it broke");

	/** The socket was closed here, but not by the client. */
	ConnectionEnd BY_APPLICATION = new Closed("this application closed the socket");

	/** The client was closed. */
	ConnectionEnd CLIENT_CLOSED = new Closed("this application closed the client");

	/** A packet timed out. */
	ConnectionEnd SEND_TIMEOUT = new Closed("the connection was closed because a send timed out (recovery: close)");

	/** A part of a packet is out, and the executor takes no task that sends its rest. */
	ConnectionEnd NO_THREAD = new Closed(
			"the connection was closed because no thread was to be had to send the rest of a packet");

	/** Receiving failed in a way that has no reason of its own. */
	ConnectionEnd RECEIVER_BROKE = new Failed(PosixError.EIO, "receiving failed with %s".formatted(PosixError.EIO));

	/** A send failed. */
	static ConnectionEnd sendingFailed(PosixError error) {
		return new Failed(error, "sending failed with %s".formatted(error));
	}

	/** The rest of a packet timed out. */
	static ConnectionEnd recoveryTimeout(Duration timeout) {
		return new Closed("the connection was closed because the rest of a packet was not out within recovery-timeout"
				+ " (%s)".formatted(Failures.text(timeout)));
	}

	/** Somebody else had a part of a packet out, through the socket itself. */
	static ConnectionEnd restRefused(SendResult.Refused refused) {
		return new Closed("the connection was closed because the rest of a packet was " + refused);
	}

	/** Too many requests were left without a reply. */
	static ConnectionEnd unanswered(int requests) {
		return new Closed("the connection was closed because the peer left %d requests without a reply, and the next"
			.formatted(requests) + " packet could be the reply to any of them");
	}

	/** Returns the end in words. */
	String reason();

	/** It was closed. */
	record Closed(String reason) implements ConnectionEnd {
	}

	/** Sending or receiving failed. */
	record Failed(PosixError error, String reason) implements ConnectionEnd {
	}

}
