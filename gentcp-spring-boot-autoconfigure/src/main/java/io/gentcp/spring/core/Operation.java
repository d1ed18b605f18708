package io.gentcp.spring.core;

/** What an {@link OperationObserver} is told of. */
public enum Operation {

	/**
	 * A client opens a connection: from the use that needs one until packets can be sent.
	 */
	CONNECT,

	/** A packet is sent, until it is out or queued; and the wait for a connection. */
	SEND,

	/** A request is sent and its reply awaited; and the wait for a connection. */
	REQUEST,

	/** A packet that was received is handled, and the reply to it is sent. */
	RECEIVE

}
