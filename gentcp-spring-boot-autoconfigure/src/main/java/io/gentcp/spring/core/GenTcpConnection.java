package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.gentcp.PendingSend;
import io.gentcp.RestData;
import io.gentcp.SendResult;
import io.gentcp.TcpSocket;
import io.gentcp.transport.TlsSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * One connection of a client or a server, from when it is open to its end. It sends as a
 * {@link GenTcpTemplate} does: a packet that is partly out at its send timeout is
 * recovered as its client or server is set to, and what the network does becomes a
 * {@link GenTcpException}. Any thread may call any method. Its state is how it ended,
 * which is decided once.
 */
public final class GenTcpConnection implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(GenTcpConnection.class);

	private final String id;

	private final TcpSocket socket;

	private final GenTcpConnections owner;

	private final ConnectionKeeper keeper;

	private final SendWaits waits;

	private final SendOutcomes outcomes;

	private final long openedAt = System.nanoTime();

	private final AtomicReference<@Nullable ConnectionEnd> end = new AtomicReference<>();

	private final CompletableFuture<ConnectionEnd> closed = new CompletableFuture<>();

	GenTcpConnection(String id, TcpSocket socket, GenTcpConnections owner, ConnectionKeeper keeper) {
		this.id = id;
		this.socket = socket;
		this.owner = owner;
		this.keeper = keeper;
		this.waits = new SendWaits(owner.virtualThreads());
		this.outcomes = new SendOutcomes(this, owner);
	}

	/**
	 * Returns what tells it from every other connection of this application, also of its
	 * earlier runs: {@code orders-k3f9-17}.
	 */
	public String id() {
		return this.id;
	}

	/** Returns which side of it this application is. */
	public Role role() {
		return this.owner.settings().role();
	}

	/** Returns what its client or server is called. */
	public String name() {
		return this.owner.settings().name();
	}

	/**
	 * Returns the socket below. What is sent on it directly has raw results, and no
	 * recovery.
	 */
	public TcpSocket socket() {
		return this.socket;
	}

	/**
	 * Returns what both sides have agreed on if the connection is encrypted, the
	 * certificates of the peer among it; empty over plain TCP.
	 */
	public Optional<TlsSession> tlsSession() {
		return this.socket.tlsSession();
	}

	/** Returns whether it has not ended. */
	public boolean isOpen() {
		return this.end.get() == null && this.socket.isOpen();
	}

	/**
	 * Returns how many bytes of a partial packet are not out, whoever is to send them; 0
	 * if there is none.
	 */
	public long restBytes() {
		// What an application sends on the socket itself may be partial, too.
		return Math.max(partialPacket().map(PartialPacket::rest).orElse(0L), this.socket.info().pending().tornRest());
	}

	/** Returns how long it has been open. */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.openedAt);
	}

	/**
	 * Returns the packet of which a part was out at its send timeout, until it is whole
	 * or the connection has ended; with as much of it out as is by now.
	 */
	public Optional<PartialPacket> partialPacket() {
		return this.outcomes.partialPacket();
	}

	/**
	 * Sends a packet, and waits until it is out or, on the inet backend, queued; at the
	 * latest until its send timeout.
	 * @throws GenTcpException if it is not; the exception knows how much of it is out
	 * @throws IllegalArgumentException if the packet type cannot carry it
	 */
	public void send(byte[] packet) {
		send(ByteBuffer.wrap(packet));
	}

	/**
	 * Sends the bytes between position and limit, which do not move, as a packet.
	 * @see #send(byte[])
	 */
	public void send(ByteBuffer packet) {
		ObservedOperation operation = this.owner.begin(Operation.SEND, packet.remaining());
		operation.on(this);
		operation.run(() -> sendUnobserved(packet));
	}

	/** Sends a packet as a part of an operation that has begun. */
	void sendUnobserved(ByteBuffer packet) {
		Optional<SendResult> sent = this.socket.trySend(packet);
		if (sent.isPresent()) {
			this.owner.counters().packetBegun(packet.remaining());
			check(sent.get(), this.socket.packetSize(packet));
		}
		else {
			PendingSend send = begin(packet);
			check(await(send), send.packetSize());
		}
	}

	/**
	 * Begins to send a packet, behind those that began before, and does not wait.
	 * @param packet borrowed until the future completes by itself or is cancelled; a
	 * caller who completes it, with {@code orTimeout} for one, takes nothing back
	 * @return completes when the packet is out or queued, or fails with a
	 * {@link GenTcpException}. Cancelling takes the packet back while nothing of it is
	 * out
	 * @throws IllegalArgumentException if the packet type cannot carry it
	 */
	public CompletableFuture<Void> sendAsync(ByteBuffer packet) {
		AsyncSend send = new AsyncSend(this.owner, packet);
		send.start(() -> send.begin(this));
		return send;
	}

	/**
	 * Sends the rest of a packet, before everything else, and waits until it is out.
	 * @param rest of a {@link SendTimeoutException}; recovery is manual then
	 * @throws GenTcpException if it is not; there is a new rest if it timed out again
	 * @throws IllegalArgumentException if the rest is another connection's, or was
	 * resumed before
	 */
	public void resume(RestData rest) {
		this.outcomes.checkResumed(this.waits.await(() -> this.socket.resume(rest)), rest);
	}

	/** Begins to send a packet; whoever does {@link #check checks} what became of it. */
	PendingSend begin(ByteBuffer packet) {
		return begun(packet, this.socket.beginSend(packet));
	}

	/** Does the same, and tells when the packet has got its place in line. */
	PendingSend begin(ByteBuffer packet, Consumer<PendingSend> inLine) {
		return begun(packet, this.socket.beginSend(packet, inLine));
	}

	private PendingSend begun(ByteBuffer packet, PendingSend send) {
		// Its sender waits for it, and so for no others.
		this.socket.flush();
		this.owner.counters().packetBegun(packet.remaining());
		return send;
	}

	/** Waits for a packet that was begun. */
	SendResult await(PendingSend send) {
		if (send.isDone()) {
			return send.await();
		}
		long from = System.nanoTime();
		try {
			return this.waits.await(send::await);
		}
		finally {
			this.owner.counters().sendBlocked(System.nanoTime() - from);
		}
	}

	/** Throws unless the packet is out or queued. */
	void check(SendResult result, long packetSize) {
		this.outcomes.check(result, packetSize);
	}

	/** Lets no new packets come; what has been sent may still be replied to. */
	void retire() {
		this.keeper.retired();
	}

	/** Closes the connection. Does not wait; closing again does nothing. */
	@Override
	public void close() {
		end(ConnectionEnd.BY_APPLICATION);
	}

	/**
	 * Closes the connection for a reason, unless it has ended. Does not wait: what is
	 * queued on the inet backend goes out in the background.
	 */
	public void end(ConnectionEnd end) {
		if (this.end.compareAndSet(null, end)) {
			logger
				.debug(LogMessage.format("%s: %s ended, %s", this.owner.settings().description(), this, end.detail()));
			this.socket.close(Duration.ZERO);
			// In this order: nobody gets in line once the socket is closed.
			this.keeper.ended(end);
			this.outcomes.ended();
			this.owner.ended(this, end);
			this.closed.complete(end);
		}
	}

	/**
	 * Returns what completes when the connection has ended, with the reason, on the
	 * thread that noticed it. Completing what is returned has no effect on the
	 * connection.
	 */
	public CompletableFuture<ConnectionEnd> whenClosed() {
		return this.closed.copy();
	}

	/** Returns whether the connection has ended. */
	boolean hasEnded() {
		return this.end.get() != null;
	}

	/** Returns why sending is no longer possible, in words. */
	String whyClosed() {
		ConnectionEnd end = this.end.get();
		return (end != null) ? end.detail() : ConnectionEnd.BY_PEER.detail();
	}

	/** Shows id and addresses. */
	@Override
	public String toString() {
		return "%s (%s -> %s)".formatted(this.id, this.socket.localAddress(), this.socket.peerAddress());
	}

}
