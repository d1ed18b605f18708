package io.gentcp.spring.core;

/**
 * The connection was closed, by either side, or is broken: before the packet was out, or,
 * of a request, before its reply came.
 */
public final class SocketClosedException extends GenTcpException {

	public SocketClosedException(String message, long bytesOut, long bytesTotal) {
		this(message, bytesOut, bytesTotal, false);
	}

	SocketClosedException(String message, long bytesOut, long bytesTotal, boolean mayStillBeSent) {
		super(message, null, bytesOut, bytesTotal, mayStillBeSent);
	}

}
