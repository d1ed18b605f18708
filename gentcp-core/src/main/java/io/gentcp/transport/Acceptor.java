package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

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

	private Acceptor(Engine engine, ServerSocketChannel channel) throws IOException {
		this.engine = engine;
		this.channel = channel;
		this.localAddress = channel.getLocalAddress();
		this.watch = new Watch(engine.nextPoller(), this.readiness);
		this.watch.start(channel);
	}

	static Acceptor open(Engine engine, ListenAddress address, int backlog, ChannelOptions options) throws IOException {
		ServerSocketChannel channel = address.open();
		try {
			channel.configureBlocking(false);
			options.applyTo(channel);
			// The JDK reads 0 as its own default; the kernel reads it as 1.
			channel.bind(address.address(), Math.max(1, backlog));
			return new Acceptor(engine, channel);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Accepts the next connection; waits for one, at the latest until the deadline. An
	 * interrupt has the effect of the deadline and leaves the interrupt flag set.
	 */
	public AcceptOutcome accept(TransportOptions options, Deadline deadline) {
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

	private AcceptOutcome open(SocketChannel accepted, TransportOptions options) throws IOException {
		try {
			accepted.configureBlocking(false);
			options.channel().applyTo(accepted);
			return new AcceptOutcome.Accepted(Backend.open(accepted, this.engine.nextPoller(), this.engine, options));
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
	 * it returns, the kernel refuses connections, and the port can be listened on again.
	 */
	public void close() {
		this.readiness.close();
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// The kernel lets go of it whatever it says.
		}
		this.watch.awaitRelease();
	}

}
