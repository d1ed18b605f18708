package io.gentcp.spring.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.gentcp.RecvResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.PosixError;
import org.jspecify.annotations.Nullable;

/**
 * Receives from one connection for as long as it lives, so that a reply finds its request
 * and the peer's close is noticed while nobody sends. That is done by a thread of the
 * connection's own. Others may {@link #pause} it, to receive themselves.
 * <p>
 * Where requests follow each other at once, the thread of the connection makes room: a
 * thread that waits for a reply receives it {@link #receiveWhile itself}, and need not be
 * woken by another one. The thread of the connection receives again as soon as somebody
 * else waits for a reply, or nobody has for a few milliseconds.
 * <p>
 * One thread receives at a time. The one lock is not held while it receives.
 */
final class PacketReceiver {

	/** A request that begins within this time after a reply follows it at once. */
	private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** So many in a row have to. */
	private static final int ENOUGH = 8;

	/** The longest time without a request until the connection's thread receives. */
	private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final TcpSocket socket;

	private final Listener listener;

	/** Whether others than the connection's thread may receive. */
	private final boolean sharing;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private boolean paused;

	/** The thread of the connection, while it receives: its interrupts are ours. */
	private @Nullable Thread receiving;

	/** Whether the thread of the connection has made room. */
	private boolean roomMade;

	/** Whether a thread receives that waits for a reply. */
	private boolean roomTaken;

	/** How often the room was taken. */
	private long visits;

	/** Whether the thread of the connection waits for the one that receives to leave. */
	private boolean leaveAwaited;

	/** How many requests in a row have followed at once. */
	private int soon;

	/** When the thread of the connection has brought the last packet. */
	private volatile long broughtAt = System.nanoTime();

	/**
	 * Makes a receiver.
	 * @param sharing whether it may make room; then the listener must not block
	 */
	PacketReceiver(TcpSocket socket, Listener listener, boolean sharing) {
		this.socket = socket;
		this.listener = listener;
		this.sharing = sharing;
	}

	/** Receives until the connection ends. Uses the calling thread up to then. */
	ConnectionEnd receiveAll() {
		Optional<ConnectionEnd> end = Optional.empty();
		while (end.isEmpty()) {
			makeRoom();
			end = handle(receive());
			this.broughtAt = System.nanoTime();
		}
		return end.get();
	}

	private Optional<ConnectionEnd> handle(RecvResult result) {
		return switch (result) {
			case RecvResult.Received(Packet packet) -> {
				this.listener.onPacket(packet);
				yield Optional.empty();
			}
			// Paused; or a stray interrupt, which is no reason to stop.
			case RecvResult.TimedOut() -> Optional.empty();
			case RecvResult.Closed() ->
				Optional.of(this.socket.isOpen() ? ConnectionEnd.BY_PEER : ConnectionEnd.BY_APPLICATION);
			case RecvResult.Failed(PosixError error, String detail) ->
				Optional.of(ConnectionEnd.receivingFailed(error, detail));
		};
	}

	private RecvResult receive() {
		begin();
		try {
			return this.socket.recv();
		}
		finally {
			end();
		}
	}

	private void begin() {
		this.lock.lock();
		try {
			while (this.paused || this.roomTaken) {
				this.changed.awaitUninterruptibly();
			}
			this.receiving = Thread.currentThread();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end() {
		this.lock.lock();
		try {
			this.receiving = null;
			if (Thread.interrupted() || this.paused) {
				// An interrupt was for receiving, which is over.
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets others receive, if they come at once, and returns when they do no more. */
	private void makeRoom() {
		this.lock.lock();
		try {
			if (!this.sharing || this.soon < ENOUGH || isNeeded()) {
				return;
			}
			this.roomMade = true;
			long before;
			do {
				before = this.visits;
				awaitVisit();
			}
			while (!isNeeded() && this.visits != before);
			this.roomMade = false;
			if (!isNeeded()) {
				this.soon = 0;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether somebody waits for what nobody receives. Whoever comes next looks, too. */
	private boolean isNeeded() {
		return !this.roomTaken && this.listener.isAwaited();
	}

	/** As long as there are visits it does not matter how long each takes. */
	@SuppressWarnings("WaitNotInLoop") // to be back early does no harm
	private void awaitVisit() {
		long before = this.visits;
		try {
			var unused = this.changed.awaitNanos(IDLE_NANOS);
		}
		catch (InterruptedException ex) {
			// Nobody else's: a stray one, which is no reason to stop.
		}
		while (this.roomTaken && this.visits == before) {
			// A slow reply.
			this.leaveAwaited = true;
			this.changed.awaitUninterruptibly();
			this.leaveAwaited = false;
		}
	}

	/**
	 * Receives on the calling thread, if the connection's has made room.
	 * @param waiting whether what it waits for has not come
	 * @return how the connection has ended, if that is what was received; empty as well
	 * if there was no room: then it is received by another thread
	 */
	Optional<ConnectionEnd> receiveWhile(BooleanSupplier waiting, Deadline deadline) {
		// What has come already says nothing about how soon it was asked for.
		if (!waiting.getAsBoolean() || !takeRoom()) {
			return Optional.empty();
		}
		try {
			Optional<ConnectionEnd> end = Optional.empty();
			while (end.isEmpty() && waiting.getAsBoolean()) {
				RecvResult received = this.socket.recv(timeLeft(deadline));
				if (received instanceof RecvResult.TimedOut) {
					// The deadline, an interrupt, or a thread that must not wait here.
					break;
				}
				end = handle(received);
			}
			return end;
		}
		finally {
			leaveRoom();
		}
	}

	private static Duration timeLeft(Deadline deadline) {
		return deadline.infinite() ? SocketOptions.INFINITY : Duration.ofNanos(Math.max(0, deadline.remainingNanos()));
	}

	private boolean takeRoom() {
		this.lock.lock();
		try {
			if (!this.roomMade || this.roomTaken) {
				this.soon = (System.nanoTime() - this.broughtAt < SOON_NANOS) ? this.soon + 1 : 0;
				return false;
			}
			this.roomTaken = true;
			this.visits++;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leaveRoom() {
		this.lock.lock();
		try {
			this.roomTaken = false;
			if (this.paused || !this.roomMade || this.leaveAwaited || this.listener.isAwaited()) {
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops receiving, and waits until it has stopped: what arrives from then on is the
	 * caller's to receive.
	 * @return false if the deadline passed or the thread was interrupted; then it goes on
	 */
	boolean pause(Deadline deadline) {
		this.lock.lock();
		try {
			this.paused = true;
			if (this.receiving != null) {
				// Acts as a timeout of recv, and loses nothing.
				this.receiving.interrupt();
			}
			// Who receives in its place has what it waits for, and is about to leave.
			while (this.receiving != null || this.roomTaken) {
				if (!this.changed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
					goOn();
					return false;
				}
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			goOn();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Receives again. */
	void goOn() {
		this.lock.lock();
		try {
			this.paused = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whoever the packets are for. */
	interface Listener {

		/** A packet has arrived. Runs on the thread that receives. */
		void onPacket(Packet packet);

		/** Returns whether a packet is to come that somebody waits for. Is brief. */
		boolean isAwaited();

	}

}
