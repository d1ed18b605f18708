package io.gentcp;

import io.gentcp.packet.Packet;
import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link TcpSocket#recv}: one record per result of {@code gen_tcp:recv/3}.
 */
public sealed interface RecvResult {

	/** {@code {ok, Packet}}. */
	record Received(Packet packet) implements RecvResult {
	}

	/**
	 * {@code {error, timeout}}: no whole packet came in time, or the thread was
	 * interrupted. Bytes that came are kept for the next call.
	 */
	record TimedOut() implements RecvResult {

		static final TimedOut INSTANCE = new TimedOut();

	}

	/**
	 * {@code {error, closed}}: the stream has ended, or this side closed it. A part of a
	 * packet that came before the end is dropped.
	 */
	record Closed() implements RecvResult {

		static final Closed INSTANCE = new Closed();

	}

	/**
	 * {@code {error, Reason}}. After {@code emsgsize} the connection is closed: where the
	 * next packet would begin is unknown.
	 *
	 * @param detail what was wrong, in words
	 */
	record Failed(PosixError error, String detail) implements RecvResult {
	}

}
