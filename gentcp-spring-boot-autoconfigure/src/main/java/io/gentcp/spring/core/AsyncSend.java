package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.PendingSend;
import io.gentcp.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * A packet that nobody waits for: the future that {@code sendAsync} returns. It is begun
 * once, and ends once; if it has to wait in between, a virtual thread does. Its lock
 * decides between cancelling it and ending it, and is held for moments only.
 */
final class AsyncSend extends CompletableFuture<Void> {

	private final GenTcpConnections owner;

	private final ByteBuffer packet;

	private final ObservedOperation operation;

	/** Set by whoever begins the packet, or cancels it before that. */
	private final AtomicBoolean claimed = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	/** Whether the packet was taken back by its sender. */
	private boolean takenBack;

	private volatile @Nullable PendingSend send;

	/** Does {@link #late} in the sender's context. */
	private Runnable lateInContext = this::doLate;

	/** What is left to do once there is a connection, or none is to be had. */
	private @Nullable Runnable late;

	AsyncSend(GenTcpConnections owner, ByteBuffer packet) {
		this.owner = owner;
		this.packet = packet.duplicate();
		this.operation = owner.begin(Operation.SEND, packet.remaining());
	}

	/**
	 * Begins the packet, or lets it wait for a connection; on its sender's thread, which
	 * is told what that throws.
	 */
	void start(Runnable begin) {
		try {
			begin.run();
		}
		catch (Throwable ex) {
			ended(ex);
			throw ex;
		}
	}

	/** Takes the sender's context along, before the packet waits for a connection. */
	void waitsForConnection() {
		this.lateInContext = this.owner.inContext(this::doLate);
	}

	/** Returns what is told of it. */
	ObservedOperation operation() {
		return this.operation;
	}

	/**
	 * Begins the packet on its sender's thread, unless it was cancelled.
	 * @throws IllegalArgumentException if the packet type cannot carry it
	 */
	void begin(GenTcpConnection connection) {
		if (claim()) {
			this.operation.on(connection);
			PendingSend send = connection.begin(this.packet);
			this.send = send;
			if (send.isDone()) {
				finish(connection, send);
			}
			else {
				elsewhere(this.owner.inContext(() -> finish(connection, send)));
			}
		}
	}

	/**
	 * Begins the packet on the thread of a connection that others wait for: nothing can
	 * be thrown, and what depends on the future must not run.
	 */
	void beginLate(GenTcpConnection connection) {
		if (claim()) {
			try {
				this.operation.on(connection);
				PendingSend send = connection.begin(this.packet);
				this.send = send;
				later(() -> finish(connection, send));
			}
			catch (RuntimeException | Error ex) {
				later(() -> fail(ex));
			}
		}
	}

	/** There is no connection to begin the packet on. */
	void noConnection(ConnectFailedException failure) {
		later(() -> fail(failure));
	}

	private void later(Runnable task) {
		this.late = task;
		elsewhere(this.lateInContext);
	}

	private void doLate() {
		Runnable late = this.late;
		if (late != null) {
			late.run();
		}
	}

	private boolean claim() {
		return this.claimed.compareAndSet(false, true);
	}

	private void elsewhere(Runnable task) {
		try {
			this.owner.virtualThreads().execute(task);
		}
		catch (RuntimeException | Error ex) {
			// There is no thread. The packet is on its way, and nobody else would look
			// after it.
			task.run();
		}
	}

	private void finish(GenTcpConnection connection, PendingSend send) {
		try {
			SendResult result = connection.await(send);
			if (!keep()) {
				return;
			}
			connection.check(result, send.packetSize());
		}
		catch (RuntimeException | Error ex) {
			fail(ex);
			return;
		}
		// Before what depends on the future, which may take its time.
		this.operation.end();
		complete(null);
	}

	private void fail(Throwable failure) {
		ended(failure);
		completeExceptionally(failure);
	}

	private void ended(Throwable failure) {
		this.operation.failed(failure);
		this.operation.end();
	}

	/** Returns whether the packet was not taken back; from then on it cannot be. */
	private boolean keep() {
		this.lock.lock();
		try {
			this.send = null;
			return !this.takenBack;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the packet back while nothing of it is out; otherwise does nothing.
	 */
	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (isDone() || !takeBack()) {
			return isCancelled();
		}
		ended(new CancellationException());
		return super.cancel(mayInterruptIfRunning);
	}

	private boolean takeBack() {
		if (claim()) {
			return true;
		}
		this.lock.lock();
		try {
			PendingSend send = this.send;
			this.takenBack |= send != null && send.withdraw();
			return this.takenBack;
		}
		finally {
			this.lock.unlock();
		}
	}

}
