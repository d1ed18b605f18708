package io.gentcp.spring.core;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.GenTcp;
import io.gentcp.RestData;
import io.gentcp.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a client: opened at first use, and at the next use after it
 * closed. Those who need it at the same time share one attempt to connect; if that fails
 * they all fail, and whoever comes next tries again.
 * <p>
 * One lock guards which connection that is; it is held for moments only. Each connection
 * has one thread, which opens it and then receives until its end.
 */
final class SharedConnection {

	private final GenTcp genTcp;

	private final Client client;

	private final ReentrantLock lock = new ReentrantLock();

	/** Every connection that has not ended, the retired ones among them. */
	private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ClientConnection current;

	private final AtomicReference<@Nullable PacketHandler> packetHandler = new AtomicReference<>();

	private @Nullable ConnectAttempt attempt;

	/** What the attempt has opened, until others may send on it. */
	private @Nullable ClientConnection opening;

	private boolean closed;

	SharedConnection(GenTcp genTcp, Client client) {
		this.genTcp = genTcp;
		this.client = client;
	}

	/**
	 * Sets who gets what no request asked for, on connections opened from now on, and on
	 * those that were opened with a handler.
	 */
	void packetHandler(PacketHandler handler) {
		this.packetHandler.set(handler);
	}

	/** Has nobody get it, if it is this one who does. */
	void removePacketHandler(PacketHandler handler) {
		this.packetHandler.compareAndSet(handler, null);
	}

	@Nullable PacketHandler packetHandler() {
		return this.packetHandler.get();
	}

	/** Returns whether it was closed for good. */
	boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether packets have somewhere to go without connecting first. */
	boolean isConnected() {
		return this.current != null;
	}

	/** Returns the connection; opens it for whoever asks, and waits, if need be. */
	ClientConnection get(ObservedOperation cause) {
		ClientConnection current = this.current;
		if (current != null) {
			return current;
		}
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			current = currentForCaller();
			if (current != null) {
				return current;
			}
			if (Thread.currentThread().isInterrupted()) {
				// Whoever stopped the caller and then disconnects leaves nothing behind.
				throw this.client.failures().connectInterrupted();
			}
			attempt = attempt();
		}
		finally {
			this.lock.unlock();
		}
		attempt.start(cause);
		return attempt.await();
	}

	/**
	 * Begins a packet as soon as there is a connection, behind those that wait for one
	 * already. Opens it if need be, and does not wait.
	 */
	void begin(AsyncSend packet) {
		ClientConnection current = this.current;
		if (current == null) {
			packet.waitsForConnection();
			current = currentOrQueue(packet);
		}
		if (current != null) {
			packet.begin(current.connection());
		}
	}

	private @Nullable ClientConnection currentOrQueue(AsyncSend packet) {
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			ClientConnection current = currentForCaller();
			if (current != null) {
				return current;
			}
			attempt = attempt();
			attempt.add(packet);
		}
		finally {
			this.lock.unlock();
		}
		attempt.start(packet.operation());
		return null;
	}

	/**
	 * Returns the connection, or the one that opens to whoever is told on its thread that
	 * it does: that would wait for itself. Under the lock.
	 */
	private @Nullable ClientConnection currentForCaller() {
		boolean isTold = this.attempt != null && this.attempt.isOwn();
		return (this.current == null && isTold) ? this.opening : this.current;
	}

	/** Returns the attempt under way, or a new one to be started; under the lock. */
	private ConnectAttempt attempt() {
		if (this.closed) {
			throw this.client.failures().closed();
		}
		ConnectAttempt attempt = this.attempt;
		if (attempt == null) {
			attempt = new ConnectAttempt(this.genTcp, this.client, this);
			this.attempt = attempt;
		}
		return attempt;
	}

	/**
	 * Tells whoever listens to events, who may send first; begins the packets that wait,
	 * and only then lets others come: a caller's packets stay in order. Runs on the
	 * thread of the connection.
	 */
	ClientConnection connected(ConnectAttempt attempt, TcpSocket socket) {
		ClientConnection connection = new ClientConnection(this.client, this, socket);
		this.open.add(connection);
		try {
			opening(attempt, connection);
			this.client.connections().announce(connection.connection());
			beginPackets(attempt, connection);
			attempt.succeed(connection);
			return connection;
		}
		catch (RuntimeException | Error ex) {
			connection.connection().end(ConnectionEnd.openingFailed(ex));
			throw ex;
		}
	}

	private void beginPackets(ConnectAttempt attempt, ClientConnection connection) {
		List<AsyncSend> packets = packetsOrPublish(attempt, connection);
		while (!packets.isEmpty()) {
			packets.forEach((packet) -> packet.beginLate(connection.connection()));
			packets = packetsOrPublish(attempt, connection);
		}
	}

	private void opening(ConnectAttempt attempt, ClientConnection connection) {
		this.lock.lock();
		try {
			if (!attempt.isGivenUp()) {
				this.opening = connection;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<AsyncSend> packetsOrPublish(ConnectAttempt attempt, ClientConnection connection) {
		boolean givenUp;
		List<AsyncSend> packets;
		this.lock.lock();
		try {
			givenUp = attempt.isGivenUp();
			packets = attempt.takePackets();
			// A peer may reset it before it gets here; then it is no more what opens.
			if (packets.isEmpty() && this.opening == connection) {
				this.opening = null;
				this.attempt = null;
				this.current = connection;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (givenUp) {
			connection.connection().end(ConnectionEnd.CLIENT_CLOSED);
		}
		return packets;
	}

	/** Fails those who wait; whoever comes next makes an attempt of its own. */
	void failed(ConnectAttempt attempt, ConnectFailedException failure) {
		List<AsyncSend> packets;
		boolean givenUp;
		this.lock.lock();
		try {
			givenUp = attempt.isGivenUp();
			packets = attempt.takePackets();
			if (this.attempt == attempt) {
				this.attempt = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		ConnectFailedException told = givenUp ? this.client.failures().closedWhileConnecting() : failure;
		if (!givenUp) {
			this.client.connections().connectFailed(failure);
		}
		attempt.fail(told);
		packets.forEach((packet) -> packet.noConnection(told));
		if (!givenUp) {
			// Last: nobody is to wait for whoever listens.
			this.client.connections().announce(failure, this.client.settings().address());
		}
	}

	/** Sends a rest on the connection it came from. */
	void resume(RestData rest) {
		for (ClientConnection open : this.open) {
			GenTcpConnection connection = open.connection();
			if (connection.socket() == rest.socket()) {
				connection.resume(rest);
				return;
			}
		}
		throw rest.socket().isOpen() ? this.client.failures().foreignRest(rest)
				: this.client.failures().closedBeforeResume(rest);
	}

	/** Lets a connection take no more packets; it stays open for what is to come. */
	void retire(ClientConnection connection) {
		this.lock.lock();
		try {
			if (this.current == connection) {
				this.current = null;
			}
			if (this.opening == connection) {
				// Whoever comes next does not wait for it, but makes an attempt of its
				// own.
				this.opening = null;
				this.attempt = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Forgets a connection that has ended. */
	void ended(ClientConnection connection) {
		retire(connection);
		this.open.remove(connection);
	}

	/** Disconnects for good. Does not wait. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
		disconnect();
	}

	/**
	 * Closes what is open, and gives up the attempt to open more; whoever comes next
	 * opens another connection. Does not wait.
	 */
	void disconnect() {
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			this.current = null;
			this.opening = null;
			attempt = this.attempt;
			this.attempt = null;
			if (attempt != null) {
				attempt.giveUp();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (attempt != null) {
			attempt.interrupt();
			failed(attempt, this.client.failures().closedWhileConnecting());
		}
		this.open.forEach((connection) -> connection.connection().end(ConnectionEnd.CLIENT_CLOSED));
	}

}
