package io.gentcp.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The other side of the connections under test: listens on loopback, accepts whoever
 * connects, and has every connection perform the same script. The other way round,
 * {@link #connecting(String, int, Step...) connecting} makes one connection to a listen
 * socket under test.
 * <p>
 * A peer without a script reads all. A connection with a script reads only what its steps
 * say; how it reads at first is settled before {@link #accept()} returns it.
 * <p>
 * One thread of the peer accepts; every method may be called by any thread. All state is
 * guarded by one lock.
 */
public final class ScriptedPeer implements AutoCloseable {

	/**
	 * How long whatever is given no timeout waits before it fails: ten seconds.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ServerSocketChannel channel;

	private final InetSocketAddress address;

	private final Thread acceptor;

	private final PeerOptions options;

	private final List<Step> script;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final List<PeerConnection> connections = new ArrayList<>();

	private final Deque<PeerConnection> unclaimed = new ArrayDeque<>();

	/** Why nobody is accepted any more, once that is so. */
	private @Nullable IOException ended;

	private ScriptedPeer(ServerSocketChannel channel, PeerOptions options, List<Step> script) throws IOException {
		this.channel = channel;
		this.address = (InetSocketAddress) channel.getLocalAddress();
		this.acceptor = Thread.ofPlatform()
			.daemon()
			.name("gentcp-peer-acceptor-" + this.address.getPort())
			.unstarted(this::acceptAll);
		this.options = options;
		this.script = script;
	}

	/**
	 * Starts a peer that listens on a free port of 127.0.0.1.
	 * @param script what each connection does; without any step, it reads all
	 * @return the peer
	 */
	public static ScriptedPeer listening(Step... script) {
		return listening(PeerOptions.DEFAULTS, script);
	}

	/**
	 * Starts a peer that listens on 127.0.0.1.
	 * @param options how its sockets are set up
	 * @param script what each connection does; without any step, it reads all
	 * @return the peer
	 * @throws UncheckedIOException if the port is taken
	 */
	public static ScriptedPeer listening(PeerOptions options, Step... script) {
		try {
			ScriptedPeer peer = new ScriptedPeer(Sockets.listen(options), options, scriptOf(script));
			peer.acceptor.start();
			return peer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot listen on port " + options.port(), ex);
		}
	}

	/**
	 * Makes a connection. Blocks until it is there, ten seconds at most.
	 * @param host the host to connect to
	 * @param port the port to connect to
	 * @param script what the connection does; without any step, it reads all
	 * @return the connection, to be closed by the caller
	 * @throws UncheckedIOException if connecting fails
	 */
	public static PeerConnection connecting(String host, int port, Step... script) {
		return connecting(PeerOptions.DEFAULTS, host, port, script);
	}

	/**
	 * Makes a connection. Blocks until it is there, ten seconds at most.
	 * @param options how its socket is set up; those about listening mean nothing here
	 * @param host the host to connect to
	 * @param port the port to connect to
	 * @param script what the connection does; without any step, it reads all
	 * @return the connection, to be closed by the caller
	 * @throws UncheckedIOException if connecting fails
	 */
	public static PeerConnection connecting(PeerOptions options, String host, int port, Step... script) {
		try {
			SocketChannel channel = Sockets.connect(options, new InetSocketAddress(host, port), PATIENCE);
			return PeerConnection.connected(channel, options).begin(scriptOf(script));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot connect to %s:%d".formatted(host, port), ex);
		}
	}

	private static List<Step> scriptOf(Step... steps) {
		return (steps.length > 0) ? List.of(steps) : List.of(Step.readAll());
	}

	/** Accepts until the channel is closed, or as many as the options allow. */
	private void acceptAll() {
		try {
			for (int accepted = 0; accepted < this.options.acceptAtMost(); accepted++) {
				add(PeerConnection.accepted(this.channel.accept(), this.options));
			}
		}
		catch (IOException ex) {
			end(ex);
		}
	}

	/**
	 * Whoever sees an effect of the connection's script finds it among the connections.
	 */
	private void add(PeerConnection connection) {
		this.lock.lock();
		try {
			this.connections.add(connection.begin(this.script));
			this.unclaimed.add(connection);
			this.changed.signalAll();
			if (this.ended != null) {
				connection.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(IOException cause) {
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.ended = cause;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the next connection, in the order they were accepted: each is returned
	 * once. Blocks until there is one, ten seconds at most.
	 * @return the connection; it is closed with the peer
	 * @throws AssertionError if nobody connects in time
	 */
	public PeerConnection accept() {
		return accept(PATIENCE);
	}

	/**
	 * Returns the next connection, in the order they were accepted: each is returned
	 * once.
	 * @param timeout how long to wait for it
	 * @return the connection; it is closed with the peer
	 * @throws AssertionError if nobody connects in time
	 */
	public PeerConnection accept(Duration timeout) {
		Deadline deadline = Deadline.after(timeout);
		this.lock.lock();
		try {
			while (this.unclaimed.isEmpty()) {
				if (this.ended != null || deadline.hasPassed()) {
					throw new AssertionError("Awaited a connection in vain: " + this, this.ended);
				}
				this.changed.awaitNanos(deadline.remainingNanos());
			}
			return this.unclaimed.remove();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while awaiting a connection: " + this, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns all connections accepted so far, the closed ones among them.
	 * @return a copy, in the order they were accepted
	 */
	public List<PeerConnection> connections() {
		this.lock.lock();
		try {
			return List.copyOf(this.connections);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the address this peer listens on.
	 * @return the address
	 */
	public InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Returns the port this peer listens on.
	 * @return the port
	 */
	public int port() {
		return this.address.getPort();
	}

	/**
	 * Stops listening, closes every connection and ends all threads. When it returns the
	 * port is free. What the connections received can still be asked for. Closing again
	 * does nothing.
	 */
	@Override
	public void close() {
		end(new IOException("This peer was closed"));
		try {
			this.channel.close();
			this.acceptor.join(PATIENCE); // which holds the port until accepting ends
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot close " + this, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		connections().forEach(PeerConnection::close);
	}

	@Override
	public String toString() {
		return "ScriptedPeer[%s, accepted %d]".formatted(this.address, connections().size());
	}

}
