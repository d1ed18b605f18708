package io.gentcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.transport.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A controlling process to receive from: keeps the messages of its sockets until a thread
 * {@link #receive receives} them, as the mailbox of an Erlang process does. Any thread
 * may call any method. Its one lock guards everything in it and is never held while a
 * socket is called.
 *
 * <pre>{@code
 * try (Mailbox mailbox = new Mailbox(1000)) {
 *     genTcp.connect(host, port, options.controllingProcess(mailbox).active(ActiveMode.TRUE), timeout);
 *     switch (mailbox.receive(timeout).orElseThrow()) {
 *         case Data(TcpSocket socket, Packet packet) -> ...
 *     }
 * }
 * }</pre>
 */
public final class Mailbox implements ControllingProcess, AutoCloseable {

	private final int bound;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition arrived = this.lock.newCondition();

	private final Inbox inbox;

	private final Set<TcpSocket> sockets = new HashSet<>();

	private boolean closed;

	/**
	 * Makes an empty mailbox.
	 * @param bound how many messages it holds before its sockets stop reading, so that
	 * their peers have to wait; each socket may exceed it by a packet and what is no
	 * packet, and a hand-over by all that it moves
	 */
	public Mailbox(int bound) {
		this.inbox = new Inbox(bound);
		this.bound = bound;
	}

	/**
	 * Takes the oldest message: {@code receive ... after Timeout}. Waits for one, at the
	 * latest until the timeout; an interrupt has the effect of the timeout and leaves the
	 * interrupt flag set. The room it makes is filled by this thread, which reads for a
	 * socket that found none before.
	 * @return the message; nothing at the timeout, or when this is closed
	 */
	public Optional<SocketMessage> receive(Duration timeout) {
		Deadline deadline = Deadline.after(timeout);
		Optional<SocketMessage> message = take(deadline);
		resume();
		while (message.isEmpty() && !isOver(deadline)) {
			message = take(deadline);
			resume();
		}
		return message;
	}

	private Optional<SocketMessage> take(Deadline deadline) {
		this.lock.lock();
		try {
			// A hand-over may have made room for a socket that waits for it.
			while (this.inbox.isOver() && !this.closed && !deadline.hasPassed()) {
				this.arrived.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
			}
			return Optional.ofNullable(this.inbox.poll());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.ofNullable(this.inbox.poll());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether to wait no longer, and nothing is there to take, nor a socket to ask. One
	 * that was asked may be busy on another thread, and bring something a little later.
	 */
	private boolean isOver(Deadline deadline) {
		this.lock.lock();
		try {
			return this.inbox.isOver()
					&& (this.closed || deadline.hasPassed() || Thread.currentThread().isInterrupted());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A socket may leave the room unused, because it is passive or closed by now, so the
	 * next ones are asked too. One that comes to wait meanwhile found the mailbox full
	 * again; whoever takes a message after that asks it.
	 */
	private void resume() {
		for (int left = countPaused(); left > 0; left--) {
			Runnable next = nextPaused();
			if (next != null) {
				next.run();
			}
		}
	}

	private int countPaused() {
		this.lock.lock();
		try {
			return this.inbox.pausedCount();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Runnable nextPaused() {
		this.lock.lock();
		try {
			return this.inbox.nextPaused(0);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void deliver(SocketMessage message) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.inbox.add(message);
				this.arrived.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean hasRoom(Runnable whenRoom) {
		this.lock.lock();
		try {
			return this.inbox.hasRoom(0, whenRoom);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onControl(TcpSocket socket) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.sockets.add(socket);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		socket.close(Duration.ZERO);
	}

	@Override
	public List<SocketMessage> onHandOver(TcpSocket socket) {
		this.lock.lock();
		try {
			this.sockets.remove(socket);
			this.arrived.signal();
			return this.inbox.remove(socket);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onClose(TcpSocket socket) {
		this.lock.lock();
		try {
			this.sockets.remove(socket);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes its sockets, as the exit of an Erlang process does, drops its messages and
	 * ends receives that wait. What its sockets have queued still goes out, in the
	 * background. Does not wait; closing again does nothing.
	 */
	@Override
	public void close() {
		List<TcpSocket> controlled;
		this.lock.lock();
		try {
			this.closed = true;
			this.inbox.clear();
			this.arrived.signalAll();
			controlled = new ArrayList<>(this.sockets);
		}
		finally {
			this.lock.unlock();
		}
		controlled.forEach((socket) -> socket.close(Duration.ZERO));
	}

	/** Shows how full it is: {@code Mailbox[12 of 1000 messages]}. */
	@Override
	public String toString() {
		this.lock.lock();
		try {
			return "Mailbox[%d of %d messages]".formatted(this.inbox.size(), this.bound);
		}
		finally {
			this.lock.unlock();
		}
	}

}
