package io.gentcp.spring.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gentcp.ConnectResult;
import io.gentcp.GenTcp;
import io.gentcp.TcpSocket;
import io.gentcp.transport.PosixError;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open the connection, and those who wait for it: senders that wait on
 * their own threads, and packets of {@code sendAsync} in the order in which they came.
 * The packets, and whether it is given up, belong to the lock of the
 * {@link SharedConnection}.
 */
final class ConnectAttempt {

	private final Client client;

	private final SharedConnection owner;

	private final InterruptibleCall<ConnectResult> connect;

	private final CompletableFuture<ClientConnection> connection = new CompletableFuture<>();

	private final AtomicBoolean started = new AtomicBoolean();

	/** Set before the attempt's thread starts. */
	private volatile ObservedOperation operation = ObservedOperation.NONE;

	/** Whoever connects, and then tells of the connection; set before it does. */
	private volatile @Nullable Thread thread;

	private List<AsyncSend> packets = new ArrayList<>();

	private boolean givenUp;

	ConnectAttempt(GenTcp genTcp, Client client, SharedConnection owner) {
		this.client = client;
		this.owner = owner;
		GenTcpClientSettings settings = client.settings();
		// Whoever receives closes the connection when the peer does, and says why.
		this.connect = new InterruptibleCall<>(() -> genTcp.connect(settings.address(),
				settings.options().exitOnClose(false), settings.connectTimeout()));
	}

	void add(AsyncSend packet) {
		this.packets.add(packet);
	}

	/** Returns the packets that wait, which from now on wait no longer. */
	List<AsyncSend> takePackets() {
		List<AsyncSend> taken = this.packets;
		this.packets = new ArrayList<>();
		return taken;
	}

	/** What it opens, if it still does, is closed at once. */
	void giveUp() {
		this.givenUp = true;
	}

	boolean isGivenUp() {
		return this.givenUp;
	}

	/**
	 * Returns whether the calling thread is the attempt's own, which cannot wait for it.
	 */
	boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Begins to connect, on a thread of its own, unless that has begun.
	 * @param cause what the connection is opened for
	 */
	void start(ObservedOperation cause) {
		if (this.started.compareAndSet(false, true)) {
			ObservedOperation.Scope scope = cause.open();
			this.operation = this.client.connections().begin(Operation.CONNECT, 0);
			scope.close();
			try {
				this.client.virtualThreads().execute(this::run);
			}
			catch (RuntimeException | Error ex) {
				failed(this.client.failures().connectBroke(ex));
			}
		}
	}

	/** The life of a connection's thread: connects, then receives until the end. */
	private void run() {
		this.thread = Thread.currentThread();
		ClientConnection connection = connect();
		if (connection != null) {
			connection.receive();
		}
	}

	private @Nullable ClientConnection connect() {
		try {
			switch (this.connect.run()) {
				case ConnectResult.Connected(TcpSocket socket) -> {
					return this.owner.connected(this, socket);
				}
				case ConnectResult.HandshakeFailed(String reason) ->
					failed(this.client.failures().handshakeFailed(reason));
				case ConnectResult.TimedOut() -> failed(this.client.failures().connectTimedOut());
				case ConnectResult.Failed(PosixError error) -> failed(this.client.failures().connectFailed(error));
			}
		}
		catch (RuntimeException | Error ex) {
			// Whatever it is, those who wait must learn of it.
			failed(this.client.failures().connectBroke(ex));
		}
		return null;
	}

	private void failed(ConnectFailedException failure) {
		this.owner.failed(this, failure);
	}

	/**
	 * Ends the wait for the peer; {@link SharedConnection#failed} is told in any case.
	 */
	void interrupt() {
		this.connect.interrupt();
	}

	/** Hands the connection to the senders that wait. */
	void succeed(ClientConnection connection) {
		this.operation.on(connection.connection());
		this.operation.end();
		this.connection.complete(connection);
	}

	/** Tells the senders that wait. */
	void fail(ConnectFailedException failure) {
		this.operation.failed(failure);
		this.operation.end();
		this.connection.completeExceptionally(failure);
	}

	/** Waits for the end of the attempt, which has a timeout of its own. */
	ClientConnection await() {
		try {
			return this.connection.get();
		}
		catch (ExecutionException ex) {
			throw this.client.failures().connectFailed(Objects.requireNonNullElse(ex.getCause(), ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.client.failures().connectInterrupted();
		}
	}

}
