package io.gentcp.spring.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.RecvResult;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.PosixError;
import org.jspecify.annotations.Nullable;

/**
 * Receives from one connection for as long as it lives, so that a reply finds its request
 * and the peer's close is noticed while nobody sends. One thread receives; others may
 * {@link #pause} it, to receive themselves. The one lock is not held while it receives.
 */
final class PacketReceiver {

	private final TcpSocket socket;

	private final Listener listener;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private boolean paused;

	/** The thread that receives, while it does: nobody else's interrupts reach it. */
	private @Nullable Thread receiving;

	PacketReceiver(TcpSocket socket, Listener listener) {
		this.socket = socket;
		this.listener = listener;
	}

	/** Receives until the connection ends. Uses the calling thread up to then. */
	ConnectionEnd receiveAll() {
		while (true) {
			switch (receive()) {
				case RecvResult.Received(Packet packet) -> this.listener.onPacket(packet);
				case RecvResult.TimedOut() -> {
					// Paused; or a stray interrupt, which is no reason to stop.
				}
				case RecvResult.Closed() -> {
					return this.socket.isOpen() ? ConnectionEnd.BY_PEER : ConnectionEnd.BY_APPLICATION;
				}
				case RecvResult.Failed(PosixError error, String detail) -> {
					return ConnectionEnd.receivingFailed(error, detail);
				}
			}
		}
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
			while (this.paused) {
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
			while (this.receiving != null) {
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

	/** Whoever the packets are for. Runs on the thread that receives. */
	@FunctionalInterface
	interface Listener {

		/** A packet has arrived. */
		void onPacket(Packet packet);

	}

}
