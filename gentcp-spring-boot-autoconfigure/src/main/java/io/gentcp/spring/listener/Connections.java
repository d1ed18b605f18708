package io.gentcp.spring.listener;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.gentcp.TcpSocket;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The connections of one run of a server, each with its virtual thread. A connection, or
 * the wait for one, takes one of as many permits as there may be connections; so all are
 * gone when all permits can be had. Any thread may call any method.
 */
final class Connections {

	private static final Log logger = LogFactory.getLog(GenTcpListenerContainer.class);

	/** How long to wait for handlers after they were interrupted. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(1);

	private final GenTcpServerSettings settings;

	private final Function<GenTcpConnection, ServedConnection> serve;

	private final GenTcpConnections open;

	private final Semaphore room;

	private final Map<ServedConnection, Thread> threads = new ConcurrentHashMap<>();

	private volatile boolean stopping;

	Connections(GenTcpServerSettings settings, GenTcpConnections open,
			Function<GenTcpConnection, ServedConnection> serve) {
		this.settings = settings;
		this.serve = serve;
		this.open = open;
		this.room = new Semaphore(settings.maxConnections());
	}

	/**
	 * Waits until there is room for a connection, and takes it: for {@link #serve}, or to
	 * be {@link #giveRoomBack given back}.
	 */
	void awaitRoom() throws InterruptedException {
		this.room.acquire();
	}

	void giveRoomBack() {
		this.room.release();
	}

	/** There is no TLS with a peer, for whom there was room. */
	void handshakeFailed(SocketAddress peer, String reason) {
		giveRoomBack();
		this.open.handshakeFailed(peer, reason);
	}

	int count() {
		return this.threads.size();
	}

	/** Starts to serve a connection, on a thread of its own. */
	void serve(TcpSocket socket) {
		GenTcpConnection connection = this.open.opened(socket);
		ServedConnection served = this.serve.apply(connection);
		Thread thread = Thread.ofVirtual().name("gentcp-" + connection.id()).unstarted(() -> run(connection, served));
		this.threads.put(served, thread);
		if (this.stopping) {
			// Accepted while stop was on its way through the others.
			served.stop();
		}
		thread.start();
	}

	private void run(GenTcpConnection connection, ServedConnection served) {
		try {
			// On this thread: a listener that is slow holds up nobody but the connection.
			this.open.announce(connection);
			served.run();
		}
		finally {
			// Ended by now, unless something broke that is not to happen.
			connection.end(ConnectionEnd.RECEIVER_BROKE);
			this.threads.remove(served);
			giveRoomBack();
		}
	}

	/**
	 * Closes the connections on which no packet is being handled; the others take no
	 * further one. Does not wait.
	 */
	void stop() {
		this.stopping = true;
		this.threads.keySet().forEach(ServedConnection::stop);
	}

	/**
	 * Waits this long for the packets that are being handled, then closes their
	 * connections and interrupts them. There is no room from then on.
	 */
	void finish(Duration timeout) {
		if (awaitAllEnded(timeout)) {
			return;
		}
		logger.warn("GenTCP server %s: %d packets are still being handled after %s; their connections are closed"
			.formatted(this.settings.name(), count(), timeout));
		this.threads.forEach((served, thread) -> {
			served.close();
			thread.interrupt();
		});
		awaitAllEnded(LAST_WAIT);
	}

	private boolean awaitAllEnded(Duration timeout) {
		try {
			return this.room.tryAcquire(this.settings.maxConnections(), TimeUnit.NANOSECONDS.convert(timeout),
					TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
