package io.gentcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A controlling process that has each message handled, one after the other and in their
 * order, by a handler that may block: as the receive loop of an Erlang process, but with
 * a thread only while there is something to handle. So a connection that is idle costs no
 * stack.
 *
 * <pre>{@code
 * socket.controllingProcess(new HandlerProcess(1, (message) -> {
 *     switch (message) {
 *         case Data(TcpSocket from, Packet.Bytes packet) -> from.send(answer(packet));
 *         case Closed(TcpSocket from) -> from.close();
 *         ...
 *     }
 * }));
 * socket.active(ActiveMode.TRUE);
 * }</pre>
 * <p>
 * The handler runs on a virtual thread, and may send to any socket and wait; it is not to
 * receive from a socket that is active. If it throws, the socket of the message is
 * closed, as Erlang does when an owner exits, messages of that socket that wait are
 * dropped, and what was thrown goes to the thread's handler of uncaught exceptions.
 * <p>
 * Any thread may call any method; none waits. Its one lock guards everything in it, and
 * is held neither while the handler runs nor while a socket is called.
 */
public final class HandlerProcess implements ControllingProcess {

	private final int bound;

	private final Consumer<SocketMessage> handler;

	private final ReentrantLock lock = new ReentrantLock();

	/** What there is to do; null while nothing is, and no thread runs. */
	private @Nullable Work work;

	/**
	 * Makes a process with nothing to handle.
	 * @param bound how many messages wait or are handled before its sockets stop reading,
	 * so that their peers have to wait; with 1 a packet is read when the one before it
	 * was handled. What is no packet, and messages that are handed over, may exceed it
	 * @param handler is called by one thread at a time, and sees what it did before
	 */
	public HandlerProcess(int bound, Consumer<SocketMessage> handler) {
		if (bound < 1) {
			throw new IllegalArgumentException("bound is %d; it must be 1 or more".formatted(bound));
		}
		this.bound = bound;
		this.handler = handler;
	}

	@Override
	public void deliver(SocketMessage message) {
		if (add(message)) {
			Thread unused = Thread.ofVirtual().name("gentcp-handler").start(this::handleAll);
		}
	}

	/** Returns whether there is no thread that handles it. */
	private boolean add(SocketMessage message) {
		this.lock.lock();
		try {
			boolean idle = this.work == null;
			if (this.work == null) {
				this.work = new Work();
			}
			this.work.waiting.add(message);
			return idle;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void handleAll() {
		for (SocketMessage message = next(); message != null; message = next()) {
			handle(message);
			resume();
		}
	}

	/** Returns what to handle now; null if there is nothing, so that the thread ends. */
	private @Nullable SocketMessage next() {
		this.lock.lock();
		try {
			Work work = this.work;
			if (work != null) {
				work.handled = work.waiting.poll();
				if (work.handled != null) {
					return work.handled;
				}
			}
			this.work = null;
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void handle(SocketMessage message) {
		message.socket().handledHere();
		try {
			this.handler.accept(message);
		}
		catch (RuntimeException | Error ex) {
			List<SocketMessage> unused = onHandOver(message.socket());
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			message.socket().close(Duration.ZERO);
		}
		finally {
			// One that the handler has left behind is not for the next message.
			Thread.interrupted();
		}
	}

	/**
	 * Has this thread read for the sockets that found no room. One that comes to wait
	 * meanwhile is asked after the next message.
	 */
	private void resume() {
		List<Runnable> paused = takePaused();
		if (paused.size() == 1 && paused.getFirst() instanceof ActiveLoop loop && !isWaiting()) {
			loop.runIdle();
		}
		else {
			// Those behind one that leaves no room wait again.
			paused.forEach(Runnable::run);
		}
	}

	/** The message was handled; returns whom that gives room. */
	private List<Runnable> takePaused() {
		this.lock.lock();
		try {
			Work work = this.work;
			if (work == null) {
				return List.of();
			}
			work.handled = null;
			if (work.paused.isEmpty() || work.waiting.size() >= this.bound) {
				return List.of();
			}
			List<Runnable> paused = new ArrayList<>(work.paused);
			work.paused.clear();
			return paused;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isWaiting() {
		this.lock.lock();
		try {
			return this.work != null && !this.work.waiting.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean hasRoom(Runnable whenRoom) {
		this.lock.lock();
		try {
			if (this.work == null || this.work.size() < this.bound) {
				return true;
			}
			this.work.paused.add(whenRoom);
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<SocketMessage> onHandOver(TcpSocket socket) {
		this.lock.lock();
		try {
			if (this.work == null) {
				return List.of();
			}
			List<SocketMessage> theirs = this.work.waiting.stream()
				.filter((message) -> message.socket() == socket)
				.toList();
			this.work.waiting.removeIf((message) -> message.socket() == socket);
			return theirs;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Shows how busy it is: {@code HandlerProcess[2 of 10 messages]}. */
	@Override
	public String toString() {
		this.lock.lock();
		try {
			return "HandlerProcess[%d of %d messages]".formatted((this.work != null) ? this.work.size() : 0,
					this.bound);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What a thread has to do until it ends. */
	private static final class Work {

		private final Queue<SocketMessage> waiting = new ArrayDeque<>();

		/** What makes the sockets read again that found no room, in their order. */
		private final Set<Runnable> paused = new LinkedHashSet<>();

		private @Nullable SocketMessage handled;

		int size() {
			return this.waiting.size() + ((this.handled != null) ? 1 : 0);
		}

	}

}
