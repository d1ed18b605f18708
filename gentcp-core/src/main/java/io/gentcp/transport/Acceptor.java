package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A listening socket. The thread that accepts asks the kernel itself and parks only when
 * nobody is waiting. At most one thread accepts at a time, which is for the caller to
 * ensure; any thread may close.
 */
public final class Acceptor {

	private final Engine engine;

	private final ServerSocketChannel channel;

	private final SocketAddress localAddress;

	private final Watch watch;

	private final Readiness readiness = new Readiness();

	/** The handshakes of encrypted connections; null if they are plain. */
	private final @Nullable Handshakes handshakes;

	private Acceptor(Engine engine, ServerSocketChannel channel, @Nullable TlsOptions tls) throws IOException {
		this.engine = engine;
		this.channel = channel;
		this.localAddress = channel.getLocalAddress();
		this.watch = new Watch(engine.nextPoller(), this.readiness);
		this.watch.start(channel);
		this.handshakes = (tls != null) ? new Handshakes(engine, tls, this.readiness) : null;
	}

	static Acceptor open(Engine engine, ListenAddress address, int backlog, ChannelOptions options,
			@Nullable TlsOptions tls) throws IOException {
		ServerSocketChannel channel = address.open();
		try {
			channel.configureBlocking(false);
			options.applyTo(channel);
			// The JDK reads 0 as its own default; the kernel reads it as 1.
			channel.bind(address.address(), Math.max(1, backlog));
			return new Acceptor(engine, channel, tls);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Accepts the next connection; waits for one, at the latest until the deadline. An
	 * interrupt has the effect of the deadline and leaves the interrupt flag set. Does
	 * not wait on a poller.
	 */
	public AcceptOutcome accept(TransportOptions options, Deadline deadline) {
		Deadline own = deadline.forThisThread();
		return (this.handshakes != null) ? accept(this.handshakes, options, own) : acceptPlain(options, own);
	}

	private AcceptOutcome acceptPlain(TransportOptions options, Deadline deadline) {
		// Whoever is woken by close makes no further call: closing a channel waits for
		// calls of it, which on Java 21 pins the carrier of a virtual thread that closes.
		while (!this.readiness.isClosed()) {
			try {
				SocketChannel accepted = this.channel.accept();
				if (accepted != null) {
					return open(accepted, options);
				}
			}
			catch (ClosedChannelException ex) {
				return new AcceptOutcome.Closed();
			}
			catch (IOException ex) {
				return new AcceptOutcome.Failed(PosixError.of(ex));
			}
			if (!this.readiness.await(this.watch, SelectionKey.OP_ACCEPT, deadline)) {
				return new AcceptOutcome.TimedOut();
			}
		}
		return new AcceptOutcome.Closed();
	}

	/** Whoever accepts begins handshakes, and returns with the first that has ended. */
	private AcceptOutcome accept(Handshakes handshakes, TransportOptions options, Deadline deadline) {
		while (!this.readiness.isClosed()) {
			try {
				if (beginNext(handshakes, options)) {
					continue;
				}
			}
			catch (ClosedChannelException ex) {
				return new AcceptOutcome.Closed();
			}
			catch (IOException ex) {
				return new AcceptOutcome.Failed(PosixError.of(ex));
			}
			AcceptOutcome outcome = handshakes.take();
			if (outcome != null) {
				return outcome;
			}
			int operation = handshakes.hasRoom() ? SelectionKey.OP_ACCEPT : 0;
			if (!this.readiness.await(this.watch, operation, deadline, handshakes::hasEnded)) {
				return new AcceptOutcome.TimedOut();
			}
		}
		return new AcceptOutcome.Closed();
	}

	/** Returns whether there was a peer, and room for its handshake. */
	private boolean beginNext(Handshakes handshakes, TransportOptions options) throws IOException {
		SocketChannel accepted = handshakes.hasRoom() ? this.channel.accept() : null;
		if (accepted == null) {
			return false;
		}
		try {
			accepted.configureBlocking(false);
			options.channel().applyTo(accepted);
			handshakes.begin(accepted, options);
		}
		catch (IOException | RuntimeException ex) {
			// A peer that connected and was gone at once: nobody had it yet.
			accepted.close();
		}
		return true;
	}

	private AcceptOutcome open(SocketChannel accepted, TransportOptions options) throws IOException {
		try {
			accepted.configureBlocking(false);
			options.channel().applyTo(accepted);
			return new AcceptOutcome.Accepted(
					Backend.open(accepted, this.engine.wire(accepted), this.engine.nextPoller(), this.engine, options));
		}
		catch (IOException | RuntimeException ex) {
			// A peer that connected and was gone at once.
			accepted.close();
			return new AcceptOutcome.Failed(PosixError.ECONNABORTED);
		}
	}

	/** Returns the address it listens on, with the port the system chose. */
	public SocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * Stops listening; a thread that accepts is woken. Accepted connections live on. When
	 * it returns, the kernel refuses connections, and the port can be listened on again;
	 * a poller does not wait for that.
	 */
	public void close() {
		this.readiness.close();
		if (this.handshakes != null) {
			this.handshakes.close();
		}
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// The kernel lets go of it whatever it says.
		}
		this.watch.awaitRelease();
	}

}
