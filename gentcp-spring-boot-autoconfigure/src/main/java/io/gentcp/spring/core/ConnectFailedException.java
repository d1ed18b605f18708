package io.gentcp.spring.core;

/**
 * There is no connection, and none could be opened. Nothing was sent; the next send tries
 * again.
 */
public final class ConnectFailedException extends GenTcpException {

	public ConnectFailedException(String message) {
		super(message, null, 0, 0);
	}

	public ConnectFailedException(String message, Throwable cause) {
		super(message, cause, 0, 0);
	}

}
