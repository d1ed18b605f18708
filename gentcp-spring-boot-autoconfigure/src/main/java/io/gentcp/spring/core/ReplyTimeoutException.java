package io.gentcp.spring.core;

/**
 * The request is out or, on the inet backend, queued, and its reply did not come in time.
 * It keeps its place in line: its reply is dropped when it comes. The message says
 * whether a packet came meanwhile that was taken for the late reply to an earlier one.
 */
public final class ReplyTimeoutException extends GenTcpException {

	public ReplyTimeoutException(String message, long bytesTotal) {
		this(message, bytesTotal, bytesTotal);
	}

	/** With a part of the request out, and the rest queued. */
	public ReplyTimeoutException(String message, long bytesOut, long bytesTotal) {
		super(message, null, bytesOut, bytesTotal, bytesOut < bytesTotal);
	}

}
