package io.gentcp.spring.core;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.RestData;
import io.gentcp.TcpSocket;
import io.gentcp.transport.PosixError;
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

	private @Nullable ConnectAttempt attempt;

	private boolean closed;

	SharedConnection(GenTcp genTcp, Client client) {
		this.genTcp = genTcp;
		this.client = client;
	}

	/** Returns whether packets have somewhere to go without connecting first. */
	boolean isConnected() {
		return this.current != null;
	}

	/** Returns the connection; opens it, and waits for that, if need be. */
	ClientConnection get() {
		ClientConnection current = this.current;
		if (current != null) {
			return current;
		}
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			current = this.current;
			if (current != null) {
				return current;
			}
			attempt = attempt();
		}
		finally {
			this.lock.unlock();
		}
		start(attempt);
		return attempt.await(this.client.failures());
	}

	/**
	 * Begins a packet as soon as there is a connection, behind those that wait for one
	 * already. Opens it if need be, and does not wait.
	 */
	void begin(AsyncSend packet) {
		ClientConnection current = this.current;
		if (current == null) {
			current = currentOrQueue(packet);
		}
		if (current != null) {
			packet.begin(current);
		}
	}

	private @Nullable ClientConnection currentOrQueue(AsyncSend packet) {
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			if (this.current != null) {
				return this.current;
			}
			attempt = attempt();
			attempt.add(packet);
		}
		finally {
			this.lock.unlock();
		}
		start(attempt);
		return null;
	}

	/** Returns the attempt under way, or a new one to be started; under the lock. */
	private ConnectAttempt attempt() {
		if (this.closed) {
			throw this.client.failures().closed();
		}
		ConnectAttempt attempt = this.attempt;
		if (attempt == null) {
			attempt = new ConnectAttempt();
			this.attempt = attempt;
		}
		return attempt;
	}

	private void start(ConnectAttempt attempt) {
		if (attempt.isToBeStarted()) {
			try {
				this.client.virtualThreads().execute(() -> run(attempt));
			}
			catch (RejectedExecutionException ex) {
				failed(attempt, this.client.failures().connectBroke(ex));
			}
		}
	}

	/** The life of a connection's thread. */
	private void run(ConnectAttempt attempt) {
		ClientConnection connection = open(attempt);
		if (connection != null) {
			connection.receive();
		}
	}

	private @Nullable ClientConnection open(ConnectAttempt attempt) {
		try {
			switch (connect(attempt)) {
				case ConnectResult.Connected(TcpSocket socket) -> {
					return connected(attempt, socket);
				}
				case ConnectResult.TimedOut() -> failed(attempt, this.client.failures().connectTimedOut());
				case ConnectResult.Failed(PosixError error) ->
					failed(attempt, this.client.failures().connectFailed(error));
			}
		}
		catch (RuntimeException ex) {
			failed(attempt, this.client.failures().connectBroke(ex));
		}
		catch (Error ex) {
			failed(attempt, this.client.failures().connectBroke(ex));
			throw ex;
		}
		return null;
	}

	private ConnectResult connect(ConnectAttempt attempt) {
		underLock(attempt::connecting);
		try {
			GenTcpClientSettings settings = this.client.settings();
			return this.genTcp.connect(settings.host(), settings.port(), settings.options(), settings.connectTimeout());
		}
		finally {
			underLock(attempt::connected);
		}
	}

	private void underLock(Runnable change) {
		this.lock.lock();
		try {
			change.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Begins the packets that wait, and only then lets others come: a caller's packets
	 * stay in order.
	 */
	private ClientConnection connected(ConnectAttempt attempt, TcpSocket socket) {
		ClientConnection connection = new ClientConnection(this.client, this, socket);
		this.open.add(connection);
		this.client.counters().connectionOpened();
		List<AsyncSend> packets = packetsOrPublish(attempt, connection);
		while (!packets.isEmpty()) {
			packets.forEach((packet) -> packet.beginLate(connection));
			packets = packetsOrPublish(attempt, connection);
		}
		attempt.succeeded(connection);
		if (isClosed()) {
			connection.end(ConnectionEnd.CLIENT_CLOSED);
		}
		return connection;
	}

	private List<AsyncSend> packetsOrPublish(ConnectAttempt attempt, ClientConnection connection) {
		this.lock.lock();
		try {
			List<AsyncSend> packets = attempt.takePackets();
			if (packets.isEmpty() && !this.closed) {
				this.attempt = null;
				this.current = connection;
			}
			return packets;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(ConnectAttempt attempt, ConnectFailedException failure) {
		List<AsyncSend> packets;
		this.lock.lock();
		try {
			if (this.attempt == attempt) {
				this.attempt = null;
			}
			packets = attempt.takePackets();
		}
		finally {
			this.lock.unlock();
		}
		attempt.failed(failure);
		packets.forEach((packet) -> packet.fail(this.client.failures().connectFailed(failure)));
	}

	/** Sends a rest on the connection it came from. */
	void resume(RestData rest) {
		for (ClientConnection connection : this.open) {
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
		if (this.current == connection) {
			underLock(() -> this.current = (this.current == connection) ? null : this.current);
		}
	}

	/** Forgets a connection that has ended. */
	void ended(ClientConnection connection) {
		retire(connection);
		this.open.remove(connection);
	}

	/** Closes the connection, and ends the attempt to open one. Does not wait. */
	void close() {
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			this.closed = true;
			this.current = null;
			attempt = this.attempt;
			if (attempt != null) {
				attempt.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (attempt != null) {
			failed(attempt, this.client.failures().closedWhileConnecting());
		}
		this.open.forEach((connection) -> connection.end(ConnectionEnd.CLIENT_CLOSED));
	}

}
