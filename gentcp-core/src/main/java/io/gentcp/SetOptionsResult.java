package io.gentcp;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link TcpSocket#setOptions}: one record per result of
 * {@code inet:setopts/2}.
 */
public sealed interface SetOptionsResult {

	/** {@code ok}. */
	record Set() implements SetOptionsResult {
	}

	/**
	 * {@code {error, Reason}}: the system refused, or the socket is closed, which is
	 * {@code einval}.
	 */
	record Failed(PosixError error) implements SetOptionsResult {
	}

}
