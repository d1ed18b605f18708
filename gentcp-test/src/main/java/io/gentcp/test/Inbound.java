package io.gentcp.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.gentcp.test.Step.Read;
import io.gentcp.test.Step.ReadAll;
import io.gentcp.test.Step.Reading;
import io.gentcp.test.Step.Stall;
import io.gentcp.test.Step.Trickle;

/**
 * The receiving half of a connection: takes from the kernel what the {@link Reading} in
 * force allows, and no byte more.
 * <p>
 * One thread, the reader, runs {@link #run}; everything else may be called by any thread.
 * All state is guarded by one lock. The reader holds it across its read, which never
 * blocks because the link is non-blocking: that makes a stall exact.
 */
final class Inbound implements Runnable {

	private final Link link;

	private final Selector readable;

	private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Received received;

	private Reading reading = new Stall();

	/** The count of received bytes at which the reader stops. */
	private long limit;

	/** When a trickle that reached its limit may go on. */
	private Deadline pause = Deadline.NEVER;

	private StreamEnd end = new StreamEnd.Open();

	Inbound(Link link, boolean discard) throws IOException {
		this.link = link;
		this.received = new Received(discard);
		this.readable = Selector.open();
		link.register(this.readable, SelectionKey.OP_READ);
	}

	/**
	 * Puts this reading in force. Does not block.
	 * @return the count of received bytes at which it stops
	 */
	long read(Reading next) {
		this.lock.lock();
		try {
			this.reading = next;
			this.limit = switch (next) {
				case Stall() -> this.received.count();
				case Read(long count) -> this.received.count() + count;
				case Trickle trickle -> this.received.count() + trickle.count();
				case ReadAll() -> Long.MAX_VALUE;
			};
			this.changed.signalAll();
			return this.limit;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Reads until the stream ends or is closed. */
	@Override
	public void run() {
		try {
			while (awaitAllowance()) {
				if (!this.link.holdsBytes()) {
					this.readable.select();
					this.readable.selectedKeys().clear();
				}
				take();
			}
		}
		catch (IOException ex) {
			end(new StreamEnd.Reset(String.valueOf(ex.getMessage())));
		}
		catch (ClosedSelectorException | InterruptedException ex) {
			end(new StreamEnd.Closed());
		}
	}

	/**
	 * Waits until the reading in force allows a byte.
	 * @return whether it does; false when the stream has ended
	 */
	private boolean awaitAllowance() throws InterruptedException {
		this.lock.lock();
		try {
			while (isOpen() && this.received.count() >= this.limit) {
				if (!(this.reading instanceof Trickle trickle)) {
					this.changed.await();
				}
				else if (this.pause.hasPassed()) {
					this.limit = this.received.count() + trickle.count();
				}
				else {
					this.changed.awaitNanos(this.pause.remainingNanos());
				}
			}
			return isOpen();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes what is there and allowed; perhaps nothing, if a stall came in between. */
	private void take() throws IOException {
		this.lock.lock();
		try {
			long allowed = this.limit - this.received.count();
			if (allowed <= 0 || !isOpen()) {
				return;
			}
			this.buffer.clear().limit((int) Math.min(allowed, this.buffer.capacity()));
			if (this.link.read(this.buffer) < 0) {
				end(new StreamEnd.EndOfStream());
				return;
			}
			this.received.add(this.buffer.flip());
			if (this.reading instanceof Trickle trickle && this.received.count() == this.limit) {
				this.pause = Deadline.after(trickle.pace());
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isOpen() {
		return this.end instanceof StreamEnd.Open;
	}

	private void end(StreamEnd how) {
		this.lock.lock();
		try {
			if (isOpen()) {
				this.end = how;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for a state of this half.
	 * @param what what is awaited, for the failure
	 * @throws AssertionError at the deadline, on an interrupt, or when the stream has
	 * ended and the state can no longer come
	 */
	void await(String what, Deadline deadline, Predicate<Inbound> state) {
		this.lock.lock();
		try {
			while (!state.test(this)) {
				if (!isOpen()) {
					throw new AssertionError("Awaited %s, but %s".formatted(what, this));
				}
				if (deadline.hasPassed()) {
					throw new AssertionError("Awaited %s in vain: %s".formatted(what, this));
				}
				this.changed.awaitNanos(deadline.remainingNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while awaiting %s: %s".formatted(what, this), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	long count() {
		return locked(this.received::count);
	}

	long checksum() {
		return locked(this.received::checksum);
	}

	byte[] bytes() {
		return locked(this.received::bytes);
	}

	StreamEnd end() {
		return locked(() -> this.end);
	}

	/** Ends the reader; the link is closed by its owner, after this. */
	void close() throws IOException {
		end(new StreamEnd.Closed());
		this.readable.close();
	}

	@Override
	public String toString() {
		return locked(() -> "received %d bytes, stream %s, reading %s".formatted(this.received.count(), this.end,
				this.reading));
	}

	private <T> T locked(Supplier<T> answer) {
		this.lock.lock();
		try {
			return answer.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
