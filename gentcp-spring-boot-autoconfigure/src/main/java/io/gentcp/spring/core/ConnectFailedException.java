package io.gentcp.spring.core;

/**
 * There is no connection, and none could be opened. Nothing was sent; the next send tries
 * again.
 */
public final class ConnectFailedException extends GenTcpException {

	private final Kind kind;

	public ConnectFailedException(String message) {
		this(message, Kind.OTHER);
	}

	public ConnectFailedException(String message, Throwable cause) {
		super(message, cause, 0, 0);
		this.kind = (cause instanceof ConnectFailedException attempt) ? attempt.kind : Kind.OTHER;
	}

	private ConnectFailedException(String message, Kind kind) {
		super(message, null, 0, 0);
		this.kind = kind;
	}

	static ConnectFailedException timeout(String message) {
		return new ConnectFailedException(message, Kind.TIMEOUT);
	}

	static ConnectFailedException handshake(String message) {
		return new ConnectFailedException(message, Kind.HANDSHAKE);
	}

	/** Returns whether the peer did not answer within the connect timeout. */
	public boolean isTimeout() {
		return this.kind == Kind.TIMEOUT;
	}

	/**
	 * Returns whether the host was reached, but there is no TLS with it: most likely one
	 * side must be configured otherwise before trying again helps.
	 */
	public boolean isHandshakeFailure() {
		return this.kind == Kind.HANDSHAKE;
	}

	private enum Kind {

		TIMEOUT, HANDSHAKE, OTHER

	}

}
