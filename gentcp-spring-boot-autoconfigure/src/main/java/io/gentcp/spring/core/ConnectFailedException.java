package io.gentcp.spring.core;

/**
 * There is no connection, and none could be opened. Nothing was sent; the next send tries
 * again.
 */
public final class ConnectFailedException extends GenTcpException {

	private final boolean isTimeout;

	public ConnectFailedException(String message) {
		super(message, null, 0, 0);
		this.isTimeout = false;
	}

	public ConnectFailedException(String message, Throwable cause) {
		super(message, cause, 0, 0);
		this.isTimeout = cause instanceof ConnectFailedException attempt && attempt.isTimeout;
	}

	private ConnectFailedException(String message, boolean isTimeout) {
		super(message, null, 0, 0);
		this.isTimeout = isTimeout;
	}

	static ConnectFailedException timeout(String message) {
		return new ConnectFailedException(message, true);
	}

	/** Returns whether the peer did not answer within the connect timeout. */
	public boolean isTimeout() {
		return this.isTimeout;
	}

}
