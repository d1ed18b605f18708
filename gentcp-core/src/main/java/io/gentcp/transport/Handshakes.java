package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The handshakes of the connections that one {@link Acceptor} has taken from the kernel,
 * each on a virtual thread of its own, so that a peer that says nothing holds up nobody.
 * Not more than {@value #MOST} are on their way or waiting to be taken at a time; further
 * peers wait in the backlog of the kernel.
 * <p>
 * A peer that has sent nothing costs a parked virtual thread, without engine or buffer.
 */
final class Handshakes {

	static final int MOST = 256;

	private final Engine engine;

	private final TlsOptions tls;

	/** Who accepts waits here. */
	private final Readiness accepting;

	private final AtomicInteger begun = new AtomicInteger();

	private final Queue<AcceptOutcome> ended = new ConcurrentLinkedQueue<>();

	/** Where the handshakes wait for their peers. */
	private final Set<Readiness> waits = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	Handshakes(Engine engine, TlsOptions tls, Readiness accepting) {
		this.engine = engine;
		this.tls = tls;
		this.accepting = accepting;
	}

	boolean hasRoom() {
		return this.begun.get() < MOST;
	}

	/** Returns whether {@link #take} has something. */
	boolean hasEnded() {
		return !this.ended.isEmpty();
	}

	/** Returns how a handshake ended, in the order in which they did. */
	@Nullable AcceptOutcome take() {
		AcceptOutcome outcome = this.ended.poll();
		if (outcome != null) {
			this.begun.decrementAndGet();
		}
		return outcome;
	}

	/** Begins a handshake; does not wait. Only for whoever accepts. */
	void begin(SocketChannel channel, TransportOptions options) {
		this.begun.incrementAndGet();
		Thread.ofVirtual().name("gentcp-handshake").start(() -> run(channel, options));
	}

	private void run(SocketChannel channel, TransportOptions options) {
		Readiness wait = new Readiness();
		this.waits.add(wait);
		if (this.closed) {
			wait.close();
		}
		AcceptOutcome outcome = new AcceptOutcome.Failed(PosixError.ECONNABORTED);
		try {
			outcome = shakeHands(channel, options, wait);
		}
		finally {
			this.waits.remove(wait);
			end(outcome);
		}
	}

	private AcceptOutcome shakeHands(SocketChannel channel, TransportOptions options, Readiness wait) {
		Poller poller = this.engine.nextPoller();
		SocketAddress peer = null;
		boolean opened = false;
		try {
			peer = channel.getRemoteAddress();
			Deadline deadline = Deadline.after(this.tls.handshakeTimeout());
			ChannelWait channelWait = new ChannelWait(channel, poller, wait);
			channelWait.await(SelectionKey.OP_READ, deadline);
			Wire wire = new TlsHandshake(channel, this.tls.serverEngine(), this.engine.buffers(), channelWait)
				.run(deadline);
			Transport transport = Backend.open(channel, wire, poller, this.engine, options);
			opened = true;
			return new AcceptOutcome.Accepted(transport);
		}
		catch (HandshakeFailedException ex) {
			return failed(peer, ex);
		}
		catch (TimeoutException ex) {
			return failed(peer, HandshakeFailedException.timedOut(this.tls.handshakeTimeout()));
		}
		catch (IOException | RuntimeException ex) {
			// Gone at once, or closed from this side.
			return new AcceptOutcome.Failed(PosixError.ECONNABORTED);
		}
		finally {
			if (!opened) {
				close(channel, poller);
			}
		}
	}

	private static AcceptOutcome failed(@Nullable SocketAddress peer, HandshakeFailedException failure) {
		return (peer != null) ? new AcceptOutcome.HandshakeFailed(peer, String.valueOf(failure.getMessage()))
				: new AcceptOutcome.Failed(PosixError.ECONNABORTED);
	}

	private static void close(SocketChannel channel, Poller poller) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// The kernel lets go of it whatever it says.
		}
		poller.wakeUp();
	}

	/** First in line, then a look at closed: close looks the other way round. */
	private void end(AcceptOutcome outcome) {
		this.ended.add(outcome);
		if (this.closed) {
			dismiss();
		}
		this.accepting.signal();
	}

	/** Ends every handshake, and closes the connections that nobody has taken. */
	void close() {
		this.closed = true;
		this.waits.forEach(Readiness::close);
		dismiss();
	}

	private void dismiss() {
		for (AcceptOutcome outcome = take(); outcome != null; outcome = take()) {
			if (outcome instanceof AcceptOutcome.Accepted(Transport transport)) {
				transport.abort();
			}
		}
	}

}
