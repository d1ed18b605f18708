package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

	private final Executor virtualThreads;

	private final ByteBuffer packet;

	/** Set by whoever begins the packet, or cancels it before that. */
	private final AtomicBoolean claimed = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	/** Whether the packet was taken back by its sender. */
	private boolean takenBack;

	private volatile @Nullable PendingSend send;

	AsyncSend(Executor virtualThreads, ByteBuffer packet) {
		this.virtualThreads = virtualThreads;
		this.packet = packet.duplicate();
	}

	/**
	 * Begins the packet on its sender's thread, unless it was cancelled.
	 * @throws IllegalArgumentException if the packet type cannot carry it
	 */
	void begin(GenTcpConnection connection) {
		if (claim()) {
			PendingSend send = connection.begin(this.packet);
			this.send = send;
			if (send.isDone()) {
				finish(connection, send);
			}
			else {
				elsewhere(() -> finish(connection, send));
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
				PendingSend send = connection.begin(this.packet);
				this.send = send;
				elsewhere(() -> finish(connection, send));
			}
			catch (RuntimeException ex) {
				elsewhere(() -> completeExceptionally(ex));
			}
		}
	}

	/** There is no connection to begin the packet on. */
	void fail(ConnectFailedException failure) {
		elsewhere(() -> completeExceptionally(failure));
	}

	private boolean claim() {
		return this.claimed.compareAndSet(false, true);
	}

	private void elsewhere(Runnable task) {
		try {
			this.virtualThreads.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The packet is on its way, and nobody else would look after it.
			task.run();
		}
	}

	private void finish(GenTcpConnection connection, PendingSend send) {
		SendResult result = connection.await(send);
		if (!keep()) {
			return;
		}
		try {
			connection.check(result, send.packetSize());
			complete(null);
		}
		catch (RuntimeException ex) {
			completeExceptionally(ex);
		}
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
