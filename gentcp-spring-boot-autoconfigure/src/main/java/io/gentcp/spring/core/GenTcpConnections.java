package io.gentcp.spring.core;

import java.net.SocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.TcpSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.task.TaskDecorator;

/**
 * The open connections of one client or server, each by its id, and what all of them have
 * done. Any thread may call any method; none waits.
 */
public final class GenTcpConnections {

	private static final Log logger = LogFactory.getLog(GenTcpConnections.class);

	/** In base 36, four digits. */
	private static final int RUNS = 36 * 36 * 36 * 36;

	private final ConnectionSettings settings;

	private final Executor virtualThreads;

	private final EndpointCounters counters = new EndpointCounters();

	private final RunningHandlers handlers = new RunningHandlers();

	private final Map<String, GenTcpConnection> open = new ConcurrentHashMap<>();

	/** Tells ids of this run of the application from those of others. */
	private final String run = Integer.toString(RUNS + ThreadLocalRandom.current().nextInt(RUNS), 36).substring(1);

	private final AtomicLong opened = new AtomicLong();

	private final AtomicReference<@Nullable ConnectFailure> connectFailure = new AtomicReference<>();

	private volatile @Nullable ApplicationEventPublisher events;

	private volatile OperationObserver observer = OperationObserver.NONE;

	private volatile TaskDecorator context = (task) -> task;

	/**
	 * Makes a registry without connections.
	 * @param virtualThreads runs every task at once, on a virtual thread of its own
	 */
	public GenTcpConnections(ConnectionSettings settings, Executor virtualThreads) {
		this.settings = settings;
		this.virtualThreads = virtualThreads;
	}

	/** Has every {@link GenTcpEvent} from now on published. */
	public void publishTo(ApplicationEventPublisher events) {
		this.events = events;
	}

	/**
	 * Has every {@link Operation} that begins from now on observed. What the observer
	 * throws is logged, and changes nothing.
	 */
	public void observeWith(OperationObserver observer) {
		this.observer = new GuardedObserver(observer);
	}

	/**
	 * Has what other threads do for a caller done in the caller's context: what depends
	 * on the future of {@code sendAsync} or of a recovery.
	 * @param context takes the calling thread's context, and returns a task that runs in
	 * it
	 */
	public void carryContextWith(TaskDecorator context) {
		this.context = context;
	}

	/** An operation begins on the calling thread. */
	public ObservedOperation begin(Operation operation, long packetSize) {
		return this.observer.begin(operation, this.settings, packetSize);
	}

	/** Returns a task that runs in the context which the calling thread has now. */
	Runnable inContext(Runnable task) {
		return this.context.decorate(task);
	}

	/**
	 * Gives a connection that was opened its id. It is to be {@link #announce announced}
	 * before anything is received from it.
	 * @return the connection, which whoever receives from it must
	 * {@link GenTcpConnection#end end}
	 */
	public GenTcpConnection opened(TcpSocket socket) {
		return opened(socket, ConnectionKeeper.NOBODY);
	}

	/** The same, with somebody who is told of its end. */
	GenTcpConnection opened(TcpSocket socket, ConnectionKeeper keeper) {
		String id = "%s-%s-%d".formatted(this.settings.name(), this.run, this.opened.incrementAndGet());
		GenTcpConnection connection = new GenTcpConnection(id, socket, this, keeper);
		this.connectFailure.set(null);
		this.counters.opened(connection);
		this.open.put(id, connection);
		return connection;
	}

	/** An attempt to connect has failed; it is to be {@link #announce announced}. */
	void connectFailed(ConnectFailedException failure) {
		this.counters.connectFailed();
		if (failure.isHandshakeFailure()) {
			this.counters.handshakeFailed();
		}
		this.connectFailure
			.updateAndGet((before) -> (before != null) ? before.again(failure) : ConnectFailure.first(failure));
	}

	/** Tells whoever listens to events that an attempt to connect has failed. */
	void announce(ConnectFailedException failure, SocketAddress address) {
		publish(new GenTcpEvent.ConnectFailed(this.settings.name(), address, failure));
	}

	/**
	 * A server has not come to terms on TLS with a peer, whose connection is closed.
	 * @param peer its address
	 * @param reason why, in words
	 */
	public void handshakeFailed(SocketAddress peer, String reason) {
		this.counters.handshakeFailed();
		publish(new GenTcpEvent.HandshakeFailed(this.settings.name(), peer, reason));
	}

	/**
	 * Returns what has become of the attempts to connect since the last connection was
	 * opened; nothing if there were none.
	 */
	public Optional<ConnectFailure> connectFailure() {
		return Optional.ofNullable(this.connectFailure.get());
	}

	/** Tells whoever listens to events that a connection is open. */
	public void announce(GenTcpConnection connection) {
		publish(new GenTcpEvent.ConnectionOpened(connection));
	}

	/** A connection has ended; it tells this once. */
	void ended(GenTcpConnection connection, ConnectionEnd end) {
		this.open.remove(connection.id());
		this.counters.closed(connection, end.reason());
		publish(new GenTcpEvent.ConnectionClosed(connection, end, connection.socket().stats(), connection.age()));
	}

	/** Returns the open connection with this id. */
	public Optional<GenTcpConnection> find(String id) {
		return Optional.ofNullable(this.open.get(id));
	}

	/** Returns the connections that are open, in no order. */
	public Collection<GenTcpConnection> all() {
		return Collections.unmodifiableCollection(this.open.values());
	}

	/** Returns how many connections are open. */
	public int count() {
		return this.open.size();
	}

	/** Returns what has been done so far. */
	public EndpointCounters counters() {
		return this.counters;
	}

	/** Returns how many packets are being handled, one at most on each connection. */
	public long runningHandlers() {
		return this.handlers.count();
	}

	RunningHandlers handlers() {
		return this.handlers;
	}

	/** Returns what all of these connections have in common. */
	public ConnectionSettings settings() {
		return this.settings;
	}

	Executor virtualThreads() {
		return this.virtualThreads;
	}

	/** Tells whoever listens to events; a failure of theirs is logged. */
	public void publish(GenTcpEvent event) {
		ApplicationEventPublisher events = this.events;
		if (events == null) {
			return;
		}
		try {
			events.publishEvent(event);
		}
		catch (Throwable ex) {
			// An error, too: a class that is missing is a listener's failure, not ours.
			logger.warn("%s: a listener failed on %s".formatted(this.settings.description(),
					event.getClass().getSimpleName()), ex);
		}
	}

	/** Shows whose connections they are. */
	@Override
	public String toString() {
		return "connections of " + this.settings.description();
	}

}
