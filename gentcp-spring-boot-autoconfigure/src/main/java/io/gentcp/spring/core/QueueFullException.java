package io.gentcp.spring.core;

/**
 * The packet was refused on the inet backend: with it more would be queued than
 * {@code max-pending}. Nothing of it is out or queued, so it may be sent again when the
 * peer has taken some of what is.
 */
public final class QueueFullException extends GenTcpException {

	public QueueFullException(String message, long bytesTotal) {
		super(message, null, 0, bytesTotal);
	}

}
