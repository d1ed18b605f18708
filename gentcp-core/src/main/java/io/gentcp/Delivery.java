package io.gentcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a socket tells its controlling process: who that is, the active mode, and the
 * messages in the order of the stream. Its one lock guards these and the socket's
 * options; packets are decoded and delivered under it too, so once an option is set no
 * packet comes by the old one.
 */
final class Delivery {

	private final TcpSocket socket;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * What came up during a delivery: a process never gets two messages at once. Most
	 * often nothing does.
	 */
	private @Nullable Deque<SocketMessage> undelivered;

	private volatile ActiveMode mode = ActiveMode.FALSE;

	private volatile @Nullable ControllingProcess process;

	private boolean delivering;

	/** Whether the end of the stream was told, or nobody is left to be told. */
	private volatile boolean ended;

	private boolean processIsDead;

	Delivery(TcpSocket socket) {
		this.socket = socket;
	}

	void lock() {
		this.lock.lock();
	}

	/** Whoever does this last looks after it whether there is something to deliver. */
	void unlock() {
		boolean close = this.processIsDead && this.lock.getHoldCount() == 1;
		this.lock.unlock();
		if (close) {
			this.socket.close(Duration.ZERO);
		}
	}

	/** Whether this thread is in a call of the process, or changes an option. */
	boolean isHeldByThisThread() {
		return this.lock.isHeldByCurrentThread();
	}

	ActiveMode mode() {
		return this.mode;
	}

	/** Whether messages are wanted. */
	boolean isArmed() {
		return !this.mode.isPassive();
	}

	/** Whether the end was told, or nobody is left to be told. */
	boolean hasEnded() {
		return this.ended;
	}

	Optional<ControllingProcess> process() {
		return Optional.ofNullable(this.process);
	}

	/**
	 * Returns whether the mode can be set; everything else is {@code einval}. Holds the
	 * lock.
	 */
	boolean allows(ActiveMode wanted) {
		if (wanted.isPassive()) {
			return true;
		}
		if (this.process == null) {
			throw new IllegalStateException(("active is %s, but %s has no controlling process to deliver to; "
					+ "give it one with controllingProcess first")
				.formatted(wanted, this.socket));
		}
		return !this.ended && !wanted.exceeds(this.mode);
	}

	/** Sets the mode, as Erlang counts. Holds the lock. */
	void set(ActiveMode wanted) {
		this.mode = wanted.setOver(this.mode);
		if (wanted.isCount() && this.mode.isPassive()) {
			tell(new SocketMessage.Passive(this.socket));
		}
	}

	/** Whether a packet may be decoded, because it can be delivered. Holds the lock. */
	boolean wantsPacket(Runnable whenRoom) {
		ControllingProcess process = this.process;
		if (process == null || !isArmed() || !this.socket.isOpen()) {
			return false;
		}
		try {
			return process.hasRoom(whenRoom);
		}
		catch (RuntimeException | Error ex) {
			died(ex);
			return false;
		}
	}

	/** Delivers a packet and counts it. Holds the lock. */
	void deliver(Packet packet) {
		// Before it is told: who is told may set the mode again.
		boolean counted = this.mode.isCount();
		this.mode = this.mode.afterPacket();
		boolean last = counted && this.mode.isPassive();
		tell(new SocketMessage.Data(this.socket, packet));
		if (last) {
			tell(new SocketMessage.Passive(this.socket));
		}
	}

	/**
	 * Ends active mode for good.
	 * @return whether the process is still to be told, by {@link #tell}
	 */
	boolean end() {
		lock();
		try {
			boolean toBeTold = isArmed() && !this.ended;
			this.ended |= toBeTold;
			this.mode = ActiveMode.FALSE;
			return toBeTold;
		}
		finally {
			unlock();
		}
	}

	/** Delivers a message behind all that came before. */
	void tell(SocketMessage message) {
		lock();
		try {
			if (this.processIsDead) {
				return;
			}
			if (this.delivering) {
				// The call that is being made goes on with it.
				undelivered().addLast(message);
			}
			else {
				deliverFrom(message);
			}
		}
		finally {
			unlock();
		}
	}

	/** Delivers a message, and what comes up meanwhile. */
	private void deliverFrom(@Nullable SocketMessage first) {
		this.delivering = true;
		try {
			for (SocketMessage next = first; next != null; next = nextUndelivered()) {
				if (this.process != null) {
					this.process.deliver(next);
				}
			}
		}
		catch (RuntimeException | Error ex) {
			died(ex);
		}
		finally {
			this.delivering = false;
		}
	}

	private Deque<SocketMessage> undelivered() {
		if (this.undelivered == null) {
			this.undelivered = new ArrayDeque<>();
		}
		return this.undelivered;
	}

	private @Nullable SocketMessage nextUndelivered() {
		SocketMessage next = (this.undelivered != null) ? this.undelivered.poll() : null;
		if (next == null) {
			this.undelivered = null;
		}
		return next;
	}

	private void died(Throwable reason) {
		died();
		report(reason);
	}

	private void died() {
		this.processIsDead = true;
		this.ended = true;
		this.mode = ActiveMode.FALSE;
		this.undelivered = null;
	}

	/**
	 * A process has thrown when it handled what it had been told before. If it is the
	 * process still, the socket is closed, and what it has not handled is dropped.
	 */
	void died(ControllingProcess from) {
		lock();
		try {
			if (from.equals(this.process)) {
				died();
				List<SocketMessage> unused = from.onHandOver(this.socket);
			}
		}
		finally {
			unlock();
		}
	}

	/** Begins as the options of a new socket say, which were checked before. */
	void begin(SocketOptions options) {
		lock();
		try {
			options.controllingProcess().ifPresent(this::control);
			if (this.process != null) {
				set(options.active());
			}
		}
		finally {
			unlock();
		}
	}

	/** Gives the socket its first process. */
	ControllingProcessResult begin(ControllingProcess first) {
		lock();
		try {
			if (!this.socket.hasOptions()) {
				return new ControllingProcessResult.Closed();
			}
			if (this.process != null) {
				return new ControllingProcessResult.NotOwner();
			}
			control(first);
			return new ControllingProcessResult.HandedOver();
		}
		finally {
			unlock();
		}
	}

	ControllingProcessResult handOver(ControllingProcess from, ControllingProcess to) {
		lock();
		try {
			if (!this.socket.hasOptions()) {
				return new ControllingProcessResult.Closed();
			}
			if (!from.equals(this.process)) {
				return new ControllingProcessResult.NotOwner();
			}
			if (!from.equals(to)) {
				// In front: what came up during a delivery is younger.
				List<SocketMessage> messages = from.onHandOver(this.socket);
				messages.reversed().forEach(undelivered()::addFirst);
				control(to);
				if (!this.delivering) {
					deliverFrom(nextUndelivered());
				}
			}
			return new ControllingProcessResult.HandedOver();
		}
		finally {
			unlock();
		}
	}

	private void control(ControllingProcess to) {
		this.process = to;
		try {
			to.onControl(this.socket);
		}
		catch (RuntimeException | Error ex) {
			died(ex);
		}
		if (!this.socket.isOpen()) {
			// Closed while it changed hands: one of the two has told it.
			tellClosed(to);
		}
	}

	/** Told by a close, which waits for nobody, so without the lock. */
	void closed() {
		ControllingProcess process = this.process;
		if (process != null) {
			tellClosed(process);
		}
	}

	/**
	 * It is closed whatever is thrown: others are told, and the end of the stream too.
	 */
	private void tellClosed(ControllingProcess process) {
		try {
			process.onClose(this.socket);
		}
		catch (RuntimeException | Error ex) {
			report(ex);
		}
	}

	private static void report(Throwable failure) {
		Thread thread = Thread.currentThread();
		thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
	}

}
