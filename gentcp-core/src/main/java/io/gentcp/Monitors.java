package io.gentcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Who is to be told that this side of a socket was closed. Its one lock is not held while
 * somebody is told.
 */
final class Monitors {

	private final ReentrantLock lock = new ReentrantLock();

	/** Made when the first monitor comes: most sockets have none. */
	private @Nullable Map<SocketMonitor, Consumer<TcpSocket>> waiting;

	private boolean closed;

	/** Adds a monitor; the caller tells it if the socket is closed already. */
	boolean add(SocketMonitor monitor, Consumer<TcpSocket> down) {
		this.lock.lock();
		try {
			if (this.closed) {
				return false;
			}
			Map<SocketMonitor, Consumer<TcpSocket>> waiting = this.waiting;
			if (waiting == null) {
				waiting = new LinkedHashMap<>();
				this.waiting = waiting;
			}
			waiting.put(monitor, down);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes a monitor out; returns whether it was still waiting. */
	boolean remove(SocketMonitor monitor) {
		this.lock.lock();
		try {
			return this.waiting != null && this.waiting.remove(monitor) != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Tells all of them, once. */
	void closed(TcpSocket socket) {
		List<Consumer<TcpSocket>> told = new ArrayList<>();
		this.lock.lock();
		try {
			this.closed = true;
			if (this.waiting != null) {
				told.addAll(this.waiting.values());
				this.waiting = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		told.forEach((down) -> tell(down, socket));
	}

	/** One that throws keeps nobody from being told, nor the socket from being closed. */
	static void tell(Consumer<TcpSocket> down, TcpSocket socket) {
		try {
			down.accept(socket);
		}
		catch (RuntimeException | Error ex) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
		}
	}

}
