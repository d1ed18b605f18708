package io.gentcp.scenarios;

/**
 * Where gentcp ends otherwise than OTP 25, on purpose. The first ones decide between
 * OTP's two backends, or against both; their numbers are those of the divergences that a
 * port has to decide on.
 */
public enum Decision {

	/** 2: after the first closed, closed for ever; never enotconn. */
	CLOSED_FOR_EVER,

	/** 8: waiting senders go first come, first served, and all that time counts. */
	FIRST_COME_FIRST_SERVED,

	/** 10: behind a part of a packet nothing is sent but its rest. */
	NOTHING_BEHIND_A_PART,

	/** Closing again is ok, as in newer releases of OTP. */
	CLOSING_AGAIN_IS_OK,

	/** Shutdown for reading drops what is pending and leaves sending alone. */
	SHUTDOWN_ENDS_ONE_HALF,

	/** The end of the peer's half, and of our own, leaves the other half alone. */
	HALVES_ARE_INDEPENDENT,

	/** A send after shutdown is refused and destroys nothing. */
	LATE_SENDS_ARE_HARMLESS,

	/** Close never waits on the socket backend, which queues nothing. */
	SOCKET_CLOSE_DOES_NOT_WAIT,

	/** The JDK sends the end of the stream before the kernel resets for unread input. */
	THE_END_COMES_BEFORE_THE_RESET,

	/**
	 * 4: after what is no packet the stream is out of step, and nothing waits to say so.
	 */
	A_BAD_PACKET_ENDS_THE_CONNECTION_AT_ONCE,

	/** 7: from a count to false there is no message. */
	NO_MORE_COUNTING_IS_SILENT,

	/** What OTP 25's socket backend loses or crashes on is no semantics. */
	NO_BUG_OF_OTP_25,

	/** A process is told of the end of a stream that its own side has shut down. */
	SHUTDOWN_IS_TOLD,

	/** A receive that waits when active is set gets its packet first. */
	A_RECEIVE_IN_LINE_GOES_FIRST,

	/** What a process has been told is its own, also after close. */
	CLOSE_LEAVES_THE_MAILBOX_ALONE,

	/** An empty packet after shutdown is refused as every other. */
	EMPTY_IS_NO_EXCEPTION

}
