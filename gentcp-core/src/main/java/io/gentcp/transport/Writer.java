package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the writes of one {@link SendQueue} to the wire. The sender that finds nobody
 * writing becomes the writer, and takes along what others append meanwhile; when the
 * kernel takes no more, the poller is the writer from then on, until everything is out.
 */
final class Writer {

	/** Calls of the wire that one thread makes for others before the poller goes on. */
	private static final int ROUNDS_FOR_OTHERS = 4;

	private final Wire wire;

	private final SendQueue queue;

	private final BufferPool buffers;

	private final Watch watch;

	Writer(Wire wire, SendQueue queue, BufferPool buffers, Watch watch) {
		this.wire = wire;
		this.queue = queue;
		this.buffers = buffers;
		this.watch = watch;
	}

	/**
	 * Appends a write and brings out what the kernel takes now, if nobody else is at it.
	 * Does not wait.
	 */
	void begin(Write write) {
		if (this.queue.add(write)) {
			ByteBuffer buffer = this.buffers.borrow();
			try {
				Progress progress = Progress.MORE;
				while (progress == Progress.MORE && !write.isSettled()) {
					progress = writeOnce(buffer);
				}
				finish(progress, buffer);
			}
			finally {
				this.buffers.giveBack(buffer);
			}
		}
	}

	/**
	 * Waits until a write is settled: it is out, or the deadline has passed, or the
	 * thread was interrupted, whose flag then is set again. Call it once.
	 */
	WriteOutcome await(Write write, Deadline deadline) {
		WriteOutcome outcome = write.outcome();
		if (outcome == null) {
			outcome = park(write, deadline);
		}
		if (outcome instanceof WriteOutcome.TimedOut timedOut) {
			// On the sender's time, not under the lock: from now on its array is its own
			// again.
			timedOut.rest().copyFrom(write);
		}
		return outcome;
	}

	private WriteOutcome park(Write write, Deadline deadline) {
		boolean interrupted = false;
		boolean expired = false;
		write.waiter(Thread.currentThread());
		WriteOutcome outcome = write.outcome();
		while (outcome == null) {
			if (expired) {
				// In flight: the writer settles the write as soon as its call returns.
				LockSupport.park(this);
			}
			else if (deadline.hasPassed() || interrupted) {
				this.queue.expire(write);
				expired = true;
			}
			else {
				deadline.park(this);
			}
			interrupted |= Thread.interrupted();
			outcome = write.outcome();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return outcome;
	}

	/** Ends our half of the stream; writes that wait end as closed. */
	void shutdownOutput() {
		if (this.queue.endStream()) {
			onWritable();
		}
	}

	/** Runs on the poller when the kernel takes bytes again. The poller is the writer. */
	void onWritable() {
		ByteBuffer buffer = this.buffers.borrow();
		try {
			finish(Progress.MORE, buffer);
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	/** Writes for others, for a while; then the poller goes on if anything is left. */
	private void finish(Progress soFar, ByteBuffer buffer) {
		Progress progress = soFar;
		for (int round = 0; progress == Progress.MORE && round < ROUNDS_FOR_OTHERS; round++) {
			progress = writeOnce(buffer);
		}
		if (progress != Progress.NOTHING_LEFT) {
			this.watch.arm(SelectionKey.OP_WRITE);
		}
	}

	private Progress writeOnce(ByteBuffer buffer) {
		return switch (this.queue.next(buffer.capacity())) {
			case REST -> Progress.NOTHING_LEFT;
			case WRITE -> write(buffer.clear());
			case END_STREAM -> endStream();
		};
	}

	private Progress write(ByteBuffer buffer) {
		int count = 0;
		boolean flushed = false;
		SendQueue.End failure = SendQueue.End.FAILED;
		try {
			this.queue.copyInFlight(buffer);
			buffer.flip();
			if (this.wire.flush()) {
				count = this.wire.write(buffer);
				flushed = this.wire.flush();
			}
			failure = null;
		}
		catch (IOException ex) {
			// Whatever the kernel says about a broken connection, Erlang says closed.
			failure = SendQueue.End.CLOSED;
		}
		finally {
			this.queue.wrote(count, flushed, failure);
		}
		boolean blocked = failure == null && (!flushed || buffer.hasRemaining());
		return blocked ? Progress.BLOCKED : Progress.MORE;
	}

	private Progress endStream() {
		try {
			this.wire.shutdownOutput();
		}
		catch (IOException ex) {
			// The connection is gone, and with it the stream that was to end.
		}
		return Progress.MORE;
	}

	/** What the writer knows after a step. */
	private enum Progress {

		/** Nothing is to be done, and nobody is the writer. */
		NOTHING_LEFT,

		/** The wire may take more. */
		MORE,

		/** The wire takes no more now. */
		BLOCKED

	}

}
