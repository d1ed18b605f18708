package io.gentcp.spring.listener;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gentcp.ListenSocket;
import org.jspecify.annotations.Nullable;

/**
 * One run of a server, from its start to its stop: the listen socket, the thread that
 * accepts, and the connections. Any thread may call any method.
 */
final class Serving {

	private final ListenSocket socket;

	private final @Nullable LocalFile file;

	private final Connections connections;

	private final Thread acceptor;

	private final AtomicBoolean stopping = new AtomicBoolean();

	private Serving(ListenSocket socket, Connections connections, Thread acceptor) {
		this.socket = socket;
		this.file = LocalFile.of(socket).orElse(null);
		this.connections = connections;
		this.acceptor = acceptor;
	}

	static Serving start(GenTcpServerSettings settings, ListenSocket socket, Connections connections) {
		Thread acceptor = Thread.ofPlatform()
			.daemon(false)
			.name("gentcp-%s-accept".formatted(settings.name()))
			.unstarted(new AcceptLoop(settings.describe(socket.localAddress()), socket::accept, connections));
		acceptor.start();
		return new Serving(socket, connections, acceptor);
	}

	/** Returns where it listens, with the port that the system chose. */
	SocketAddress address() {
		return this.socket.localAddress();
	}

	int activeConnections() {
		return this.connections.count();
	}

	/** Returns whether connections are accepted: not stopped, nor closed from below. */
	boolean isAccepting() {
		return !this.stopping.get() && this.acceptor.isAlive();
	}

	/**
	 * Stops accepting, and receiving further packets. Does not wait.
	 * @return whether this call stopped it, so that its caller is to {@link #finish} it
	 */
	boolean stop() {
		if (!this.stopping.compareAndSet(false, true)) {
			return false;
		}
		if (this.file != null) {
			this.file.delete();
		}
		this.socket.close();
		// It may be waiting for room, or for descriptors.
		this.acceptor.interrupt();
		this.connections.stop();
		return true;
	}

	/** Waits this long for packets that are being handled, then ends them. */
	void finish(Duration timeout) {
		this.connections.finish(timeout);
	}

}
