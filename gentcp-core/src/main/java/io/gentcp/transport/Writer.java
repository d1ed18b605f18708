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

	private final Input input;

	Writer(Wire wire, SendQueue queue, BufferPool buffers, Watch watch, Input input) {
		this.wire = wire;
		this.queue = queue;
		this.buffers = buffers;
		this.watch = watch;
		this.input = input;
	}

	/**
	 * Appends a write and brings out what the kernel takes now, if nobody else is at it.
	 * Does not wait.
	 */
	void begin(Write write) {
		if (this.queue.add(write)) {
			ByteBuffer buffer = this.buffers.borrow();
			try {
				finish(write(write, buffer), buffer);
			}
			finally {
				this.buffers.giveBack(buffer);
			}
		}
	}

	/**
	 * Appends a write and brings out what the kernel takes now, if nobody else is at it.
	 * What is not out then is a copy, so its sender may go on. Does not wait.
	 */
	void queue(Write write) {
		boolean mine = this.queue.addIfIdle(write);
		if (!mine && !write.isSettled()) {
			// Whoever is the writer takes it along when its sender has long gone on.
			write.own();
			mine = this.queue.add(write);
		}
		if (!mine) {
			return;
		}
		ByteBuffer buffer = this.buffers.borrow();
		try {
			Progress progress = write(write, buffer);
			if (!write.isSettled()) {
				write.own();
			}
			finish(progress, buffer);
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	/**
	 * Appends a write for the poller to bring out, with what comes meanwhile; its sender
	 * may go on. Does not wait.
	 */
	void queueForPoller(Write write) {
		write.own();
		if (this.queue.add(write)) {
			this.watch.arm(SelectionKey.OP_WRITE);
		}
	}

	/** Writes until this write is settled or the kernel takes no more. */
	private Progress write(Write write, ByteBuffer buffer) {
		Progress progress = Progress.MORE;
		while (progress == Progress.MORE && !write.isSettled()) {
			progress = writeOnce(buffer);
		}
		return progress;
	}

	/**
	 * Waits until the sender of a write may go on: the write is out or queued, or the
	 * deadline has passed, or the thread was interrupted, whose flag then is set again.
	 * Call it once.
	 */
	WriteOutcome await(Write write, Deadline deadline) {
		boolean staysInLine = write.isHeld() && park(write, deadline.forThisThread());
		WriteOutcome outcome = write.outcome();
		if (outcome == null) {
			return staysInLine ? new WriteOutcome.StillQueued(write) : WriteOutcome.Queued.INSTANCE;
		}
		if (outcome instanceof WriteOutcome.TimedOut timedOut) {
			// On the sender's time, not under the lock: from now on its array is its own
			// again.
			timedOut.rest().copyFrom(write);
		}
		return outcome;
	}

	/** Returns whether the write stays in line though its sender gave up. */
	private boolean park(Write write, Deadline deadline) {
		boolean interrupted = false;
		boolean expired = false;
		boolean staysInLine = false;
		write.waiter(Thread.currentThread());
		while (write.isHeld()) {
			if (expired) {
				// In flight: the writer settles the write as soon as its call returns.
				LockSupport.park(this);
			}
			else if (deadline.hasPassed() || interrupted) {
				staysInLine = this.queue.expire(write);
				expired = true;
			}
			else {
				deadline.park(this);
			}
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return staysInLine;
	}

	/** Ends our half of the stream; writes that wait end as closed. */
	void shutdownOutput() {
		if (this.queue.end(endThen(this::endStream))) {
			onWritable();
		}
	}

	/** Ends our half of the stream behind the writes in line; no more are taken. */
	void shutdownOutputLast() {
		if (this.queue.seal(endThen(this::endStream))) {
			onWritable();
		}
	}

	/** Closes behind the writes in line; those that wait for room end as closed. */
	void close(Runnable action) {
		if (this.queue.sealAndDismiss(endThen(action))) {
			finishWithoutBuffer();
		}
	}

	/**
	 * Does what is left to the writer. Most often nothing is in line: then no buffer is
	 * borrowed, so that many threads may close at once.
	 */
	private void finishWithoutBuffer() {
		SendQueue.Task task = this.queue.next(0);
		while (task == SendQueue.Task.END) {
			this.queue.takeLast().run();
			task = this.queue.next(0);
		}
		if (task == SendQueue.Task.WRITE) {
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
			case END -> {
				this.queue.takeLast().run();
				yield Progress.MORE;
			}
		};
	}

	private Progress write(ByteBuffer buffer) {
		int count = 0;
		boolean flushed = false;
		SendQueue.End failure = SendQueue.End.FAILED;
		try {
			this.queue.flight().copyTo(buffer);
			buffer.flip();
			if (this.wire.flush()) {
				count = this.wire.write(buffer);
				flushed = this.wire.flush();
			}
			failure = null;
		}
		catch (IOException ex) {
			// A wire of many records may fail at a later one: what it took before is out.
			count = buffer.position();
			failure = broken(ex);
		}
		finally {
			this.queue.wrote(count, flushed, failure);
		}
		boolean blocked = failure == null && (!flushed || buffer.hasRemaining());
		return blocked ? Progress.BLOCKED : Progress.MORE;
	}

	/** Whatever else the kernel says about a broken connection, Erlang says closed. */
	private SendQueue.End broken(IOException failure) {
		if (PosixError.of(failure) != PosixError.ECONNRESET) {
			return SendQueue.End.CLOSED;
		}
		this.input.broken(failure);
		return SendQueue.End.RESET;
	}

	/** What the wire says at the end may wait for the kernel, and the action for that. */
	private Runnable endThen(Runnable action) {
		return () -> {
			boolean flushed = true;
			try {
				this.wire.end();
				flushed = this.wire.flush();
			}
			catch (IOException ex) {
				// The connection is gone, and with it the stream that was to end.
			}
			this.queue.ended(flushed, action);
		};
	}

	private void endStream() {
		try {
			this.wire.shutdownOutput();
		}
		catch (IOException ex) {
			// The connection is gone, and with it the stream that was to end.
		}
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
