package io.gentcp.spring.listener;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.SocketOptions;
import io.gentcp.spring.core.ConnectionHandler;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.transport.PosixError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.context.SmartLifecycle;

/**
 * A server: accepts connections and hands each packet to a {@link PacketHandler}.
 * <p>
 * Each connection has a virtual thread, which receives a packet, has it handled, sends
 * the reply, and only then receives the next: packets are handled in order, one at a time
 * is in memory, and a peer that is too fast is held up by TCP itself. The connection is
 * closed when the peer ends it, sends what is no packet, leaves its reply unread until
 * the send timeout, or the handler throws.
 * <p>
 * Connections are accepted on a platform thread that is no daemon: an application that
 * has nothing but a server lives as long as the server runs.
 * <p>
 * It can be stopped and started again, and with port 0 keeps the port it got. The file of
 * a local socket is made when it starts and deleted when it stops. Any thread may call
 * any method; starting and stopping take the one lock.
 */
public final class GenTcpListenerContainer implements SmartLifecycle, ApplicationEventPublisherAware {

	/**
	 * Starts after, and stops before, what the application's own beans do; stops together
	 * with the requests of a web server.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 1024;

	private static final Log logger = LogFactory.getLog(GenTcpListenerContainer.class);

	private final GenTcp genTcp;

	private final GenTcpServerSettings settings;

	private final ReentrantLock lock = new ReentrantLock();

	/** What is done with a connection, and for whom; null until somebody says so. */
	private final AtomicReference<@Nullable Handled> handled = new AtomicReference<>();

	private volatile @Nullable Serving serving;

	private final GenTcpConnections connections;

	/**
	 * Makes a container that neither listens nor has a handler yet.
	 * @param genTcp what it listens with; it is not closed with the container
	 * @param settings what the server is
	 * @param virtualThreads runs every task at once, on a virtual thread of its own
	 * @throws IllegalArgumentException if the server is to recover packets on the inet
	 * backend, where there is nothing to recover
	 */
	public GenTcpListenerContainer(GenTcp genTcp, GenTcpServerSettings settings, Executor virtualThreads) {
		this.genTcp = genTcp;
		this.settings = settings.checked();
		this.connections = new GenTcpConnections(settings.connectionSettings(), virtualThreads);
	}

	/**
	 * Sets who handles the packets of connections that are accepted from the next start
	 * on.
	 */
	public void setPacketHandler(PacketHandler handler) {
		this.handled.set(new Handled(handler,
				(connection) -> new PacketLoop(connection, this.connections, this.settings.active(), handler)));
	}

	/**
	 * Sets who handles the packets of connections that are accepted from the next start
	 * on, and has them handled on a poller, where they are found: see
	 * {@link io.gentcp.spring.annotation.GenTcpListener#inline()}. {@code active} has no
	 * effect.
	 * @param handler must not block
	 */
	public void setInlinePacketHandler(PacketHandler handler) {
		this.handled
			.set(new Handled(handler, (connection) -> new InlineConnection(connection, this.connections, handler)));
	}

	/**
	 * Sets who serves whole connections, of those that are accepted from the next start
	 * on, in place of a {@link #setPacketHandler packet handler}: the last one that was
	 * set is asked. Nothing reads ahead; {@code active} has no effect.
	 */
	public void setConnectionHandler(ConnectionHandler handler) {
		this.handled
			.set(new Handled(handler, (connection) -> new WholeConnection(connection, this.connections, handler)));
	}

	/**
	 * Has nobody handle the packets or connections from the next start on, if it is this
	 * one who does.
	 * @param handler the packet or connection handler that was set
	 */
	@SuppressWarnings("ReferenceEquality") // another one that is equal is another one
	public void removeHandler(Object handler) {
		Handled handled = this.handled.get();
		if (handled != null && handled.handler() == handler) {
			// Unless another one has been set since.
			this.handled.compareAndSet(handled, null);
		}
	}

	/**
	 * Returns whether somebody handles packets, or connections; without, the server does
	 * not start.
	 */
	public boolean hasHandler() {
		return this.handled.get() != null;
	}

	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher events) {
		this.connections.publishTo(events);
	}

	/** Returns what the server is called. */
	public String name() {
		return this.settings.name();
	}

	/** Returns what the server is. */
	public GenTcpServerSettings settings() {
		return this.settings;
	}

	/**
	 * Returns the port it listens on, or listened on before it stopped.
	 * @throws IllegalStateException if it was never started, or listens on a path
	 */
	public int port() {
		Serving serving = this.serving;
		if (serving == null) {
			throw new IllegalStateException(this + " was not started, so its port is not known");
		}
		if (serving.address() instanceof InetSocketAddress address) {
			return address.getPort();
		}
		throw new IllegalStateException(this + " listens on a path, and has no port");
	}

	/** Returns the connections that are open, and what all of them have done. */
	public GenTcpConnections connections() {
		return this.connections;
	}

	/** Returns how many connections there are, those of a server that stops included. */
	public int activeConnections() {
		Serving serving = this.serving;
		return (serving != null) ? serving.activeConnections() : 0;
	}

	/**
	 * Listens: when it returns, peers can connect. Does nothing if it already does.
	 * @throws GenTcpListenException if the system refuses
	 * @throws IllegalStateException if there is nobody to handle packets
	 */
	@Override
	public void start() {
		this.lock.lock();
		try {
			if (isRunning()) {
				return;
			}
			Handled handled = this.handled.get();
			if (handled == null) {
				throw new IllegalStateException(this + " has nobody who handles its packets");
			}
			this.serving = Serving.start(this.settings, listen(),
					new Connections(this.settings, this.connections, handled.serve()));
		}
		finally {
			this.lock.unlock();
		}
		SocketOptions options = this.settings.options();
		logger.info("GenTCP %s listens, packet %s%s".formatted(this, options.packet().name(),
				options.tls().isPresent() ? ", TLS" : ""));
		this.connections.publish(new GenTcpEvent.ServerListening(name(), address()));
	}

	/** Returns where it listens, with the port that the system chose; or is to listen. */
	public SocketAddress address() {
		Serving serving = this.serving;
		return (serving != null) ? serving.address() : this.settings.address();
	}

	private ListenSocket listen() {
		SocketAddress address = this.settings.address();
		if (address instanceof InetSocketAddress any && any.getPort() == 0 && this.serving != null
				&& listen(new InetSocketAddress(any.getAddress(),
						port())) instanceof ListenResult.Listening(ListenSocket socket)) {
			return socket;
		}
		return switch (listen(address)) {
			case ListenResult.Listening(ListenSocket socket) -> socket;
			case ListenResult.Failed(PosixError error) -> throw new GenTcpListenException(name(), address, error);
		};
	}

	private ListenResult listen(SocketAddress address) {
		// A connection is closed by its thread, behind the packets that came before its
		// end.
		SocketOptions options = this.settings.options().exitOnClose(false);
		return (address instanceof UnixDomainSocketAddress path) ? LocalFile.listen(this.genTcp, path, options)
				: this.genTcp.listen(address, options);
	}

	/**
	 * Stops accepting, closes every connection on which no packet is being handled, waits
	 * for the others until their reply is out, at the latest until the stop timeout, and
	 * closes them too.
	 */
	@Override
	public void stop() {
		Serving serving = this.serving;
		if (serving != null && serving.stop()) {
			finish(serving);
		}
	}

	/** Stops without waiting; the callback runs when everything has ended. */
	@Override
	public void stop(Runnable callback) {
		Serving serving = this.serving;
		if (serving == null || !serving.stop()) {
			callback.run();
			return;
		}
		Thread.ofVirtual().name("gentcp-%s-stop".formatted(name())).start(() -> {
			try {
				finish(serving);
			}
			finally {
				callback.run();
			}
		});
	}

	private void finish(Serving serving) {
		serving.finish(this.settings.stopTimeout());
		this.connections.publish(new GenTcpEvent.ServerStopped(name(), serving.address()));
	}

	@Override
	public boolean isRunning() {
		Serving serving = this.serving;
		return serving != null && serving.isAccepting();
	}

	/** Returns whether it starts with its context: if somebody handles its packets. */
	@Override
	public boolean isAutoStartup() {
		return hasHandler();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** Shows name and address, or path: {@code server edge (0.0.0.0:4000)}. */
	@Override
	public String toString() {
		Serving serving = this.serving;
		return (serving != null) ? this.settings.describe(serving.address()) : this.settings.toString();
	}

	private record Handled(Object handler, Function<GenTcpConnection, ServedConnection> serve) {
	}

}
