package io.gentcp.spring.core;

/**
 * The rest of a packet could not be sent after its send timeout. The connection is
 * closed: a part of the packet was out, and nobody knows what the peer got.
 */
public final class RecoveryFailedException extends GenTcpException {

	public RecoveryFailedException(String message, long bytesOut, long bytesTotal) {
		super(message, null, bytesOut, bytesTotal);
	}

}
