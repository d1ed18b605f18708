package io.gentcp.spring.core;

import java.util.concurrent.CompletableFuture;

import io.gentcp.QueuedPacket;
import io.gentcp.RestData;
import org.jspecify.annotations.Nullable;

/**
 * The packet was not out at its send timeout, or when its sender was interrupted.
 * <p>
 * With {@link #nothingSent() nothing sent} it was taken back, and may be sent again.
 * Otherwise a part of it is out, and it must not be sent again: with recovery
 * {@link Recovery#RESUME resume} it {@link #isRecovering() is being completed}, with
 * {@link Recovery#MANUAL manual} the caller resumes its {@link #rest()}, and with
 * {@link Recovery#CLOSE close} the connection is closed. On the inet backend it
 * {@link #isQueued() is queued} whole and goes out by itself; it must not be sent again.
 */
public final class SendTimeoutException extends GenTcpException {

	private final transient @Nullable CompletableFuture<Void> recovery;

	private final transient @Nullable RestData rest;

	private final transient @Nullable CompletableFuture<Void> queued;

	private final boolean isQueued;

	/** With nothing out, or with the connection closed. */
	public SendTimeoutException(String message, long bytesOut, long bytesTotal) {
		this(message, bytesOut, bytesTotal, null, null, null);
	}

	/** With a part out, and the background at work to complete the packet. */
	public SendTimeoutException(String message, long bytesOut, long bytesTotal, CompletableFuture<Void> recovery) {
		this(message, bytesOut, bytesTotal, recovery, null, null);
	}

	/** With a part out, and the rest in the caller's hands. */
	public SendTimeoutException(String message, RestData rest) {
		this(message, rest.bytesOut(), rest.packetSize(), null, rest, null);
	}

	/** With the packet queued, to go out by itself. */
	public SendTimeoutException(String message, QueuedPacket packet, CompletableFuture<Void> queued) {
		this(message, packet.bytesOut(), packet.packetSize(), null, null, queued);
	}

	private SendTimeoutException(String message, long bytesOut, long bytesTotal,
			@Nullable CompletableFuture<Void> recovery, @Nullable RestData rest,
			@Nullable CompletableFuture<Void> queued) {
		super(message, null, bytesOut, bytesTotal, queued != null);
		this.queued = queued;
		this.isQueued = queued != null;
		this.recovery = recovery;
		this.rest = rest;
	}

	/**
	 * Returns whether the packet is queued, on the inet backend, and goes out by itself.
	 */
	public boolean isQueued() {
		return this.isQueued;
	}

	/**
	 * Returns what completes when the queued packet is out, or fails with a
	 * {@link SocketClosedException} or {@link SocketErrorException} if the connection
	 * ends before. Completing or cancelling what is returned has no effect on the packet.
	 * @throws IllegalStateException if the packet {@link #isQueued() is not} queued
	 */
	public CompletableFuture<Void> queued() {
		if (this.queued == null) {
			throw new IllegalStateException("The packet is not queued: " + getMessage());
		}
		return this.queued.copy();
	}

	/**
	 * Returns whether the background is completing the packet, or has done so.
	 */
	public boolean isRecovering() {
		return this.recovery != null;
	}

	/**
	 * Returns what completes when the background has sent the rest of the packet, or
	 * fails with a {@link RecoveryFailedException}. Completing or cancelling what is
	 * returned has no effect on the packet.
	 * @throws IllegalStateException if the packet {@link #isRecovering() is not} being
	 * completed
	 */
	public CompletableFuture<Void> recovery() {
		if (this.recovery == null) {
			throw new IllegalStateException("There is no recovery to wait for: " + getMessage());
		}
		return this.recovery.copy();
	}

	/** Returns whether there is a rest for the caller to resume. */
	public boolean hasRest() {
		return this.rest != null;
	}

	/**
	 * Returns the rest of the packet, to be {@link GenTcpOperations#resume resumed}.
	 * @throws IllegalStateException if there {@link #hasRest() is none}: nothing is out,
	 * or recovery is not manual
	 */
	public RestData rest() {
		if (this.rest == null) {
			throw new IllegalStateException("There is no rest to resume: " + getMessage());
		}
		return this.rest;
	}

}
