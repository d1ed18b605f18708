package io.gentcp;

import java.util.List;
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
	 * was handled, by the same thread, which is fastest if peers wait for replies. Each
	 * socket may exceed it by a packet and what is no packet, and a hand-over by all that
	 * it moves
	 * @param handler is called by one thread at a time, and sees what it did before
	 */
	public HandlerProcess(int bound, Consumer<SocketMessage> handler) {
		this.bound = Inbox.checkedBound(bound);
		this.handler = handler;
	}

	@Override
	public void deliver(SocketMessage message) {
		this.lock.lock();
		try {
			if (this.work == null) {
				this.work = start();
			}
			this.work.inbox.add(message);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Work start() {
		Work work = new Work(this.bound);
		Thread unused = Thread.ofVirtual().name("gentcp-handler").start(() -> handleAll(work));
		return work;
	}

	private void handleAll(Work work) {
		do {
			for (SocketMessage message = next(work); message != null; message = next(work)) {
				handle(message);
				resume(work);
				if (!isNext(work, message.socket())) {
					// Nothing is at hand: what was sent meanwhile waits no longer.
					message.socket().flush();
				}
			}
			// Room that a hand-over has made is for those who wait for it.
			resume(work);
		}
		while (!isOver(work));
	}

	private @Nullable SocketMessage next(Work work) {
		this.lock.lock();
		try {
			work.handled = work.inbox.poll();
			return work.handled;
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
		catch (Throwable ex) {
			// Also what is thrown unchecked though it is checked: others have messages
			// here.
			message.socket().processDied(this);
			report(ex);
		}
		finally {
			// One that the handler has left behind is not for the next message.
			boolean unused = Thread.interrupted();
		}
	}

	private static void report(Throwable failure) {
		try {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
		}
		catch (Throwable ex) {
			// As at the end of a thread.
		}
	}

	/**
	 * Has this thread read for sockets that found no room, each once and the longest
	 * waiting first: one that leaves no room for the others is behind them the next time.
	 */
	private void resume(Work work) {
		int paused = countPaused(work);
		boolean nothingElse = paused == 1 && !isWaiting(work);
		for (int left = paused; left > 0; left--) {
			Runnable next = nextPaused(work);
			if (next != null) {
				resume(next, nothingElse);
			}
		}
	}

	private static void resume(Runnable whenRoom, boolean nothingElse) {
		try {
			if (nothingElse && whenRoom instanceof ActiveLoop loop) {
				loop.runIdle();
			}
			else {
				whenRoom.run();
			}
		}
		catch (RuntimeException | Error ex) {
			report(ex);
		}
	}

	/** Nothing is being handled any more; returns who may have room now. */
	private int countPaused(Work work) {
		this.lock.lock();
		try {
			work.handled = null;
			return work.inbox.pausedCount();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Runnable nextPaused(Work work) {
		this.lock.lock();
		try {
			return work.inbox.nextPaused(work.handled());
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isWaiting(Work work) {
		this.lock.lock();
		try {
			return work.inbox.peek() != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isNext(Work work, TcpSocket socket) {
		this.lock.lock();
		try {
			SocketMessage next = work.inbox.peek();
			return next != null && next.socket() == socket;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether there is nothing left, so that the thread ends. */
	private boolean isOver(Work work) {
		this.lock.lock();
		try {
			boolean over = work.inbox.isOver();
			if (over) {
				this.work = null;
			}
			return over;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean hasRoom(Runnable whenRoom) {
		this.lock.lock();
		try {
			return this.work == null || this.work.inbox.hasRoom(this.work.handled(), whenRoom);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<SocketMessage> onHandOver(TcpSocket socket) {
		this.lock.lock();
		try {
			return (this.work != null) ? this.work.inbox.remove(socket) : List.of();
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
			int count = (this.work != null) ? this.work.inbox.size() + this.work.handled() : 0;
			return "HandlerProcess[%d of %d messages]".formatted(count, this.bound);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What a thread has to do until it ends. */
	private static final class Work {

		private final Inbox inbox;

		private @Nullable SocketMessage handled;

		Work(int bound) {
			this.inbox = new Inbox(bound);
		}

		/** Returns how many messages are being handled. */
		int handled() {
			return (this.handled != null) ? 1 : 0;
		}

	}

}
