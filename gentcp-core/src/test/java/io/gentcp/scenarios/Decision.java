package io.gentcp.scenarios;

import java.util.Locale;

/**
 * Where gentcp ends otherwise than OTP 25, on purpose. {@code docs/conformance.md} has a
 * row for each. Those with a number are of the divergences between OTP's two backends
 * that a port has to decide on.
 */
public enum Decision {

	/** 2: once ended, ended for ever: closed, or the reset that is shown; no enotconn. */
	CLOSED_FOR_EVER,

	/**
	 * 8: who waits, to send or to receive, goes first come, first served, and all that
	 * time counts.
	 */
	FIRST_COME_FIRST_SERVED,

	/** 10: behind a part of a packet nothing is sent but its rest. */
	NOTHING_BEHIND_A_PART,

	/** Closing again, or ending a half again, is ok: nothing is left to be done. */
	CLOSING_AGAIN_IS_OK,

	/** Shutdown for reading drops what is pending and leaves sending alone. */
	SHUTDOWN_ENDS_ONE_HALF,

	/** 3: with exit_on_close the end of the peer's stream closes this side, on both. */
	EXIT_ON_CLOSE_IS_HONOURED,

	/** The end of our own half leaves the other half alone. */
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
	EMPTY_IS_NO_EXCEPTION,

	/** Between packet borders there is nothing to be received by length. */
	A_LENGTH_IS_OF_A_RAW_STREAM,

	/** A receive may ask for any length, which costs nothing before the bytes come. */
	ANY_LENGTH_MAY_BE_ASKED_FOR,

	/** With packet_size 0, what a header may announce is limited by its type alone. */
	ZERO_IS_NO_LIMIT,

	/**
	 * 6: a line is cut where the option line_length says, and whole without it: on both
	 * backends, whatever the size of a buffer.
	 */
	LINES_ARE_CUT_WHEN_ASKED_FOR,

	/** What limits a line of http is packet_size, not the size of a buffer. */
	PACKET_SIZE_LIMITS_HTTP_LINES,

	/** A number that does not fit, into a header or into a byte, is refused. */
	NOTHING_WRAPS_AROUND,

	/** Of a packet set apart by the option header, the rest is there even if empty. */
	THE_REST_BEHIND_A_HEADER_MAY_BE_EMPTY,

	/**
	 * To connect, to listen and on a live socket the same options are taken, and can be
	 * read; what does not concern a socket, or is settled for good, stays as it is.
	 */
	ONE_SET_OF_OPTIONS,

	/** An option is read as it was set, on both backends, also the size of a buffer. */
	OPTIONS_ARE_READ_AS_THEY_WERE_SET,

	/** 9: options are set all or none, and one that is wrong is refused. */
	EVERYTHING_OR_NOTHING_IS_SET,

	/**
	 * Options of a socket that this side has closed are einval, however it was closed.
	 */
	OPTIONS_OF_A_CLOSED_SOCKET_ARE_EINVAL,

	/** Addresses and statistics outlive the connection: logs are written afterwards. */
	A_CLOSED_SOCKET_KNOWS_WHAT_IT_WAS,

	/** A socket is passive until it is given somebody to deliver to. */
	PASSIVE_UNTIL_THERE_IS_A_PROCESS,

	/** Java has no lists of bytes. */
	THERE_ARE_NO_LISTS,

	/**
	 * Of a raw stream whatever is there is taken, unless the option buffer says
	 * otherwise.
	 */
	WHAT_IS_THERE_IS_TAKEN,

	/** Bytes can be put back on both backends. */
	BYTES_CAN_BE_PUT_BACK,

	/** 5: the end of the stream is no reset, also if resets are shown. */
	A_CLEAN_END_IS_NO_RESET,

	/** What is counted is packets, as on inet, and not calls of the system. */
	PACKETS_ARE_COUNTED,

	/** A local socket has a path, which is its address, and no port. */
	A_LOCAL_SOCKET_HAS_NO_PORT,

	/** The JDK takes a backlog of 0 for none given; the least that can be had is 1. */
	A_BACKLOG_IS_AT_LEAST_ONE,

	/** What inet:info puts into a map is a record here. */
	A_RECORD_HAS_NAMES_OF_ITS_OWN,

	/** Of what a process has not received, all moves to the next one, http as well. */
	EVERY_MESSAGE_MOVES;

	/** The name in the docs: {@code closed-for-ever}. */
	String title() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
