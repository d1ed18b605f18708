package io.gentcp.spring.core;

/**
 * The shared connection could not be had in time: a callback of
 * {@link GenTcpOperations#execute} holds it, or one waited in vain for replies to arrive.
 * Nothing was sent.
 */
public final class ConnectionBusyException extends GenTcpException {

	public ConnectionBusyException(String message) {
		super(message, null, 0, 0);
	}

}
