package io.gentcp;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link ListenSocket#accept}: one record per result of
 * {@code gen_tcp:accept/2}.
 */
public sealed interface AcceptResult {

	/** {@code {ok, Socket}}. */
	record Accepted(TcpSocket socket) implements AcceptResult {
	}

	/**
	 * {@code {error, timeout}}: nobody connected in time, or the thread was interrupted.
	 * The listen socket stays usable.
	 */
	record TimedOut() implements AcceptResult {
	}

	/** {@code {error, closed}}: the listen socket is closed. */
	record Closed() implements AcceptResult {
	}

	/**
	 * {@code {error, Reason}}, {@code emfile} for example; the listen socket stays
	 * usable.
	 */
	record Failed(PosixError error) implements AcceptResult {
	}

}
