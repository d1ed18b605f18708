package io.gentcp.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.test.Step.Send;

/**
 * The sending half of a connection. Any thread may send; one lock lets one at a time, so
 * that the pieces of two sends never mix. Closing wakes a sender that waits.
 */
final class Outbound {

	private final Link link;

	private final Selector writable;

	private final ReentrantLock lock = new ReentrantLock();

	private final CountDownLatch closed = new CountDownLatch(1);

	Outbound(Link link) throws IOException {
		this.link = link;
		this.writable = Selector.open();
		link.register(this.writable, SelectionKey.OP_WRITE);
	}

	/**
	 * Sends all pieces. Blocks until the kernel has them.
	 * @throws AssertionError at the deadline or on an interrupt; what the kernel has by
	 * then stays sent
	 * @throws IOException if the connection is broken or closed
	 */
	void send(Send send, Deadline deadline) throws IOException {
		try {
			if (!this.lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
				throw new AssertionError(send + " waited in vain for another send to end");
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(send.toString(), ex);
		}
		try {
			boolean first = true;
			for (ByteBuffer piece : send.pieces()) {
				if (!first) {
					pause(send.pace(), deadline);
				}
				first = false;
				write(piece, deadline);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void write(ByteBuffer piece, Deadline deadline) throws IOException {
		int size = piece.remaining();
		try {
			while (!this.link.write(piece)) {
				if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
					throw new AssertionError("%s after %d of %d bytes: the other side takes no more"
						.formatted(deadline.hasPassed() ? "Timed out" : "Interrupted", piece.position(), size));
				}
				this.writable.select(deadline.remainingMillis());
				this.writable.selectedKeys().clear();
			}
		}
		catch (ClosedSelectorException ex) {
			throw new AsynchronousCloseException();
		}
	}

	/**
	 * Blocks for this long; less if the connection is closed meanwhile.
	 * @throws AssertionError at the deadline or on an interrupt
	 * @throws IOException if the connection was closed meanwhile
	 */
	void pause(Duration duration, Deadline deadline) throws IOException {
		try {
			Deadline over = Deadline.after(duration);
			long nanos = Math.min(over.remainingNanos(), deadline.remainingNanos());
			if (this.closed.await(nanos, TimeUnit.NANOSECONDS)) {
				throw new AsynchronousCloseException();
			}
			if (!over.hasPassed()) {
				throw new AssertionError("Timed out during a pause of " + duration);
			}
		}
		catch (InterruptedException ex) {
			throw interrupted("a pause", ex);
		}
	}

	/** Wakes whoever waits; the link is closed by its owner, after this. */
	void close() throws IOException {
		this.closed.countDown();
		this.writable.close();
	}

	private static AssertionError interrupted(String what, InterruptedException cause) {
		Thread.currentThread().interrupt();
		return new AssertionError("Interrupted during " + what, cause);
	}

}
