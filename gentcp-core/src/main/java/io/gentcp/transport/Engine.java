package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * What the connections of one runtime share: a few poller threads, the buffers of system
 * calls, and the threads that resolve names. Nothing of it is static, so two engines in
 * one JVM share nothing. Closing it ends its threads; whoever opened connections closes
 * them first.
 */
public final class Engine implements AutoCloseable {

	/** How long closing waits for queued output without a byte out. */
	private static final Duration CLOSE_IDLE = Duration.ofSeconds(5);

	/** How long closing waits for queued output in any case. */
	private static final Duration CLOSE_LONGEST = Duration.ofSeconds(20);

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final List<Poller> pollers = new ArrayList<>();

	private final AtomicInteger turn = new AtomicInteger();

	private final BufferPool buffers;

	private final Spares<ByteBuffer> readBytes = new Spares<>(StandIn.MOST_SPARES);

	private final WritePool writes = new WritePool();

	private final Spinners spinners;

	private final boolean corks;

	private final Resolver resolver;

	private final WireFactory wires;

	/** What is connecting now; closing ends it. */
	private final Set<Connector> connecting = ConcurrentHashMap.newKeySet();

	/** What is closed, but has output queued. */
	private final Lingering lingering = new Lingering();

	private volatile boolean closed;

	/**
	 * Starts an engine.
	 * @param options how it spends processors
	 * @param wires makes the wire of each connection
	 */
	public Engine(EngineOptions options, WireFactory wires) {
		String name = "gentcp-" + COUNT.incrementAndGet();
		this.wires = wires;
		this.buffers = new BufferPool(4 * (Runtime.getRuntime().availableProcessors() + options.pollers()));
		this.spinners = new Spinners(options.spin());
		this.corks = options.cork();
		this.resolver = new Resolver(name);
		for (int i = 1; i <= options.pollers(); i++) {
			this.pollers.add(new Poller("%s-poller-%d".formatted(name, i), this.spinners));
		}
	}

	/** Starts an engine for plain TCP. */
	public Engine(EngineOptions options) {
		this(options, PlainWire::new);
	}

	/**
	 * Connects to the first address of a host that answers. Waits until then, at the
	 * latest until the deadline; an interrupt has the effect of the deadline and leaves
	 * the interrupt flag set. Does not wait on a poller.
	 * @throws IllegalStateException if this is closed, before or meanwhile
	 */
	public ConnectOutcome connect(Target target, Deadline deadline) {
		Connector connector = new Connector(this, this.resolver, nextPoller());
		this.connecting.add(connector);
		try {
			// Only now: from here on a close ends it.
			ensureOpen();
			return connector.connect(target, deadline.forThisThread());
		}
		catch (CancellationException | RejectedExecutionException | ClosedSelectorException ex) {
			throw closed(ex);
		}
		finally {
			this.connecting.remove(connector);
		}
	}

	/**
	 * Listens on a local address.
	 * @param backlog the number of connections the kernel keeps until they are accepted
	 * @param tls how its connections are encrypted, or null if they are not
	 * @throws IOException if the system refuses
	 * @throws IllegalStateException if this is closed
	 */
	public Acceptor listen(ListenAddress address, int backlog, ChannelOptions options, @Nullable TlsOptions tls)
			throws IOException {
		ensureOpen();
		try {
			return Acceptor.open(this, address, backlog, options, tls);
		}
		catch (ClosedSelectorException ex) {
			throw closed(ex);
		}
	}

	void ensureOpen() {
		if (this.closed) {
			throw closed(null);
		}
	}

	private static IllegalStateException closed(@Nullable Exception cause) {
		return new IllegalStateException("this runtime is closed; open another one", cause);
	}

	Poller nextPoller() {
		return this.pollers.get(Math.floorMod(this.turn.getAndIncrement(), this.pollers.size()));
	}

	BufferPool buffers() {
		return this.buffers;
	}

	/** Returns where bytes lie that were read for threads that wait. */
	Spares<ByteBuffer> readBytes() {
		return this.readBytes;
	}

	WritePool writes() {
		return this.writes;
	}

	/** Returns the line of a new connection. */
	SendQueue queue(Admission admission, Company company) {
		return new SendQueue(admission, new Batches(this.buffers), new Cork(this.corks), company);
	}

	Spinners spinners() {
		return this.spinners;
	}

	Wire wire(SocketChannel channel) throws IOException {
		return this.wires.wire(channel);
	}

	Lingering lingering() {
		return this.lingering;
	}

	/**
	 * Ends the threads and whatever is connecting; waits for the pollers to end. Before
	 * that it waits for output that closed connections left queued, as long as any of it
	 * gets out within 5 seconds, at most 20 seconds; an interrupt ends this wait. A
	 * poller leaves both to another thread: it is who is waited for.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.connecting.forEach(Connector::cancel);
		this.resolver.close();
		if (isPoller()) {
			Thread.ofVirtual().name("gentcp-close").start(this::end);
		}
		else {
			end();
		}
	}

	private void end() {
		this.lingering.close(CLOSE_IDLE, CLOSE_LONGEST);
		this.pollers.forEach(Poller::close);
	}

	/** Returns whether the calling thread is a poller of whatever engine. */
	public static boolean isPoller() {
		return Poller.isCurrentThread();
	}

	/** Makes the wire of a connected, non-blocking channel. */
	@FunctionalInterface
	public interface WireFactory {

		Wire wire(SocketChannel channel) throws IOException;

	}

}
