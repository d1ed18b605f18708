package io.gentcp.spring.core;

/**
 * The request is out, and its reply did not come in time. It keeps its place in line: its
 * reply is dropped when it comes.
 */
public final class ReplyTimeoutException extends GenTcpException {

	public ReplyTimeoutException(String message, long bytesTotal) {
		super(message, null, bytesTotal, bytesTotal);
	}

}
