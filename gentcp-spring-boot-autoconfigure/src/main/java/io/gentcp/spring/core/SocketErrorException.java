package io.gentcp.spring.core;

import io.gentcp.transport.PosixError;

/**
 * Sending or receiving failed with a reason other than closed. The connection is closed.
 */
public final class SocketErrorException extends GenTcpException {

	private final PosixError error;

	public SocketErrorException(String message, PosixError error, long bytesOut, long bytesTotal) {
		this(message, error, bytesOut, bytesTotal, false);
	}

	SocketErrorException(String message, PosixError error, long bytesOut, long bytesTotal, boolean mayStillBeSent) {
		super(message, null, bytesOut, bytesTotal, mayStillBeSent);
		this.error = error;
	}

	/** Returns Erlang's reason. */
	public PosixError error() {
		return this.error;
	}

}
