package io.gentcp.spring.observation;

import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.ConnectionBusyException;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.PartialPacketException;
import io.gentcp.spring.core.QueueFullException;
import io.gentcp.spring.core.RecoveryFailedException;
import io.gentcp.spring.core.ReplyTimeoutException;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.core.SocketErrorException;
import org.jspecify.annotations.Nullable;

/** How an operation ended, as a key of its observation has it. */
enum Outcome {

	/** Nothing went wrong. */
	SUCCESS,

	/** Something did not happen in time. */
	TIMEOUT,

	/** The connection was closed. */
	CLOSED,

	/** Anything else went wrong. */
	ERROR;

	static Outcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return SUCCESS;
		}
		return (failure instanceof GenTcpException ex) ? of(ex) : ERROR;
	}

	private static Outcome of(GenTcpException failure) {
		return switch (failure) {
			case ConnectFailedException ex -> ex.isTimeout() ? TIMEOUT : ERROR;
			case SendTimeoutException ex -> TIMEOUT;
			case ReplyTimeoutException ex -> TIMEOUT;
			case ConnectionBusyException ex -> TIMEOUT;
			case SocketClosedException ex -> CLOSED;
			case RecoveryFailedException ex -> ERROR;
			case PartialPacketException ex -> ERROR;
			case QueueFullException ex -> ERROR;
			case SocketErrorException ex -> ERROR;
		};
	}

}
