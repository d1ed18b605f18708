package io.gentcp.spring.core;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;

/**
 * What the network did to a packet. The message names the client, its address, what
 * happened, how much of the packet is out, and how to mend it.
 * <p>
 * <em>Out</em> means taken by this host's kernel. The peer gets exactly these bytes if
 * the connection lives; if it closes, nobody knows how many of them it got.
 */
public abstract sealed class GenTcpException extends NestedRuntimeException
		permits ConnectFailedException, ConnectionBusyException, PartialPacketException, RecoveryFailedException,
		QueueFullException, ReplyTimeoutException, SendTimeoutException, SocketClosedException, SocketErrorException {

	private final long bytesOut;

	private final long bytesTotal;

	private final boolean mayStillBeSent;

	GenTcpException(String message, @Nullable Throwable cause, long bytesOut, long bytesTotal) {
		this(message, cause, bytesOut, bytesTotal, false);
	}

	/** With a packet that, on the inet backend, may be on its way all the same. */
	GenTcpException(String message, @Nullable Throwable cause, long bytesOut, long bytesTotal, boolean mayStillBeSent) {
		super(message, cause);
		this.bytesOut = bytesOut;
		this.bytesTotal = bytesTotal;
		this.mayStillBeSent = mayStillBeSent;
	}

	/**
	 * Returns whether nothing of the packet is out, and nothing will be. Then, and only
	 * then, sending it again cannot make it arrive twice, nor inside another packet.
	 */
	public boolean nothingSent() {
		return this.bytesOut == 0 && !this.mayStillBeSent;
	}

	/** Returns the number of bytes of the packet that are out, header included. */
	public long bytesOut() {
		return this.bytesOut;
	}

	/**
	 * Returns the size of the packet with its header, in bytes; 0 if it did not come to
	 * that, because there was no connection or no packet.
	 */
	public long bytesTotal() {
		return this.bytesTotal;
	}

}
