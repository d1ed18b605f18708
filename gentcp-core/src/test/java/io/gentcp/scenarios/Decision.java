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

	/** An empty packet after shutdown is refused as every other. */
	EMPTY_IS_NO_EXCEPTION

}
