package io.gentcp.spring.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one connection of a client that no request asked for, on their way to
 * the {@link PacketHandler}: one after the other, in the order in which they came, on a
 * virtual thread that lives as long as there are any. A few may wait; then the receiving
 * thread does, and the peer is held up by TCP. One lock, which is not held while a packet
 * is handled.
 */
final class UnaskedPackets {

	/** How many packets may wait for the one that is being handled. */
	static final int MOST = 64;

	private final GenTcpConnection connection;

	private final Executor virtualThreads;

	private final PacketHandling handling;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Packet> waiting = new ArrayDeque<>();

	/** Whether a thread is at work on them. */
	private boolean running;

	private boolean ended;

	UnaskedPackets(GenTcpConnection connection, Executor virtualThreads, PacketHandling handling) {
		this.connection = connection;
		this.virtualThreads = virtualThreads;
		this.handling = handling;
	}

	/** Puts a packet in line; waits for room, at the latest until the connection ends. */
	void add(Packet packet) {
		boolean start;
		this.lock.lock();
		try {
			while (this.waiting.size() >= MOST && !this.ended) {
				this.changed.awaitUninterruptibly();
			}
			this.waiting.addLast(packet);
			start = !this.running;
			this.running = true;
		}
		finally {
			this.lock.unlock();
		}
		if (start) {
			start();
		}
	}

	private void start() {
		try {
			this.virtualThreads.execute(this::handleAll);
		}
		catch (RejectedExecutionException ex) {
			this.connection.end(ConnectionEnd.handlerFailed(ex));
		}
	}

	private void handleAll() {
		LogContext log = LogContext.enter(this.connection);
		try {
			Packet packet = next();
			while (packet != null) {
				ConnectionEnd end = this.handling.handle(packet, this.connection).orElse(null);
				if (end != null) {
					this.connection.end(end);
					return;
				}
				log.renew();
				packet = next();
			}
		}
		finally {
			log.close();
		}
	}

	private @Nullable Packet next() {
		this.lock.lock();
		try {
			Packet packet = this.waiting.pollFirst();
			this.running = packet != null;
			this.changed.signalAll();
			return packet;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets nobody wait for room: those that came before the end are still handled. */
	void ended() {
		this.lock.lock();
		try {
			this.ended = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
