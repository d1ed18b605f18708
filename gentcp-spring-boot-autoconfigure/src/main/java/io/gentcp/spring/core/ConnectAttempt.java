package io.gentcp.spring.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to open the connection, and those who wait for it: senders that wait on
 * their own threads, and packets of {@code sendAsync} in the order in which they came.
 * The packets and the thread belong to the lock of the {@link SharedConnection}.
 */
final class ConnectAttempt {

	private final CompletableFuture<ClientConnection> connection = new CompletableFuture<>();

	private final AtomicBoolean started = new AtomicBoolean();

	private List<AsyncSend> packets = new ArrayList<>();

	/** The thread that connects, while it does: no interrupt reaches it later. */
	private @Nullable Thread connecting;

	/** Returns true to the first who asks, who is to start the attempt. */
	boolean isToBeStarted() {
		return this.started.compareAndSet(false, true);
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

	void connecting() {
		this.connecting = Thread.currentThread();
	}

	void connected() {
		this.connecting = null;
		Thread.interrupted();
	}

	void interrupt() {
		if (this.connecting != null) {
			this.connecting.interrupt();
		}
	}

	void succeeded(ClientConnection connection) {
		this.connection.complete(connection);
	}

	void failed(ConnectFailedException failure) {
		this.connection.completeExceptionally(failure);
	}

	/** Waits for the end of the attempt, which has a timeout of its own. */
	ClientConnection await(Failures failures) {
		try {
			return this.connection.get();
		}
		catch (ExecutionException ex) {
			throw failures.connectFailed(Objects.requireNonNullElse(ex.getCause(), ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failures.connectInterrupted();
		}
	}

}
