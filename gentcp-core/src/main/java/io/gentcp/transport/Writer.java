package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Brings the writes of one {@link SendQueue} to the wire. The sender that finds nobody
 * writing becomes the writer, and takes along what others append meanwhile; when the
 * kernel takes no more, the poller is the writer from then on, until everything is out.
 */
final class Writer {

	/** From this size on a packet is not copied twice, should the kernel not take it. */
	private static final int LARGEST_ALONE = 16 * 1024;

	/** Calls of the wire that one thread makes for others before the poller goes on. */
	private static final int ROUNDS_FOR_OTHERS = 4;

	/** A larger packet is a write of its own: it is not copied while others wait. */
	private static final int LARGEST_OFFERED = 64 * 1024 + 64;

	/** After so many ticks with nothing to do there are no more until asked for. */
	private static final int MOST_QUIET_TICKS = 50;

	private final Wire wire;

	private final SendQueue queue;

	private final BufferPool buffers;

	private final WritePool writes;

	private final Watch watch;

	private final Input input;

	private final Spinners spinners;

	/** Made when the kernel takes no more for the first time. */
	private @Nullable Spin spin;

	/** Only for the poller. */
	private int quietTicks;

	Writer(Wire wire, SendQueue queue, Engine engine, Watch watch, Input input) {
		this.wire = wire;
		this.queue = queue;
		this.buffers = engine.buffers();
		this.writes = engine.writes();
		this.spinners = engine.spinners();
		this.watch = watch;
		this.input = input;
	}

	/**
	 * Appends a packet whose sender waits for nothing, if it can be one, and brings out
	 * what the kernel takes now, unless somebody else is at it or the packet waits for
	 * others. Does not wait.
	 * @param leave whether the poller is to write it
	 * @return what became of it; null if it has to be begun as a write
	 */
	<B> @Nullable WriteOutcome offer(Packing<B> packing, B body, boolean leave) {
		int size = packing.size(body);
		if (size > LARGEST_OFFERED) {
			return null;
		}
		Offer offer = this.queue.offer(packing, body, size, leave);
		while (offer == Offer.WRITE_FIRST) {
			finish(Progress.MORE);
			offer = this.queue.offer(packing, body, size, leave);
		}
		return switch (offer) {
			case DECLINED, WRITE_FIRST -> null;
			case TAKEN_ALONG -> WriteOutcome.Queued.INSTANCE;
			case HELD_BACK, LEFT_BEHIND -> {
				this.watch.tick();
				yield WriteOutcome.Queued.INSTANCE;
			}
			case LEFT -> {
				this.watch.arm(SelectionKey.OP_WRITE);
				yield WriteOutcome.Queued.INSTANCE;
			}
			case WRITE -> {
				long mark = this.queue.mark();
				finish(Progress.MORE);
				yield this.queue.outcome(mark, size);
			}
		};
	}

	/** Brings out what was held back, as far as the kernel takes it now. */
	void pull() {
		if (this.queue.isHolding() && this.queue.pullCork()) {
			finish(Progress.MORE);
		}
	}

	/**
	 * Runs on the poller, every millisecond or so: nothing is held back for longer, and
	 * nothing that the kernel does not take keeps a buffer.
	 * @return whether to go on with that
	 */
	boolean tick() {
		if (this.queue.tick()) {
			finish(Progress.MORE);
		}
		this.quietTicks = this.queue.wantsTick() ? 0 : this.quietTicks + 1;
		return this.quietTicks < MOST_QUIET_TICKS;
	}

	/**
	 * Appends a write and brings out what the kernel takes now, if nobody else is at it.
	 * Does not wait.
	 */
	void begin(Write write) {
		if (this.queue.add(write)) {
			this.queue.giveWay();
			finish(write(write));
		}
	}

	/**
	 * Does the same with a write that nobody waits for yet: it may stay a moment for
	 * others.
	 */
	void beginCorked(Write write) {
		if (this.queue.addCorked(write)) {
			this.queue.giveWay();
			finish(write(write));
		}
		else if (this.queue.isHolding()) {
			this.watch.tick();
		}
	}

	/**
	 * Begins a packet, which gets a place in line only if it needs one. That is to say
	 * most often nothing is to be allocated.
	 * @return the write to be awaited
	 */
	<B> Write begin(Packing<B> packing, B body) {
		int size = packing.size(body);
		if (size <= LARGEST_ALONE && this.queue.beginAlone(size)) {
			return writeAlone(packing, body);
		}
		Write write = packing.write(body, this.writes);
		begin(write);
		return write;
	}

	private <B> Write writeAlone(Packing<B> packing, B body) {
		Write write = Write.OUT;
		Progress progress;
		ByteBuffer buffer = null;
		try {
			buffer = this.buffers.borrow();
			packing.put(body, buffer);
			progress = write(buffer.flip());
			if (progress != Progress.MORE) {
				write = packing.write(body);
				write.take(buffer.position());
				this.queue.addRest(write);
			}
		}
		catch (RuntimeException | Error ex) {
			fail();
			throw ex;
		}
		finally {
			if (buffer != null) {
				this.buffers.giveBack(buffer);
			}
		}
		finish(progress);
		return write;
	}

	/**
	 * Appends a write and brings out what the kernel takes now, if nobody else is at it.
	 * What is not out then is a copy, so its sender may go on; unless it has to wait for
	 * room, and lends its bytes until then. Does not wait.
	 */
	void queue(Write write) {
		// It counts against what may be queued only what the kernel has refused.
		pull();
		Offer offer = this.queue.addLent(write);
		if (offer == Offer.DECLINED) {
			write.own();
			offer = this.queue.add(write) ? Offer.WRITE : Offer.TAKEN_ALONG;
		}
		if (offer == Offer.WRITE) {
			this.queue.giveWay();
			finish(writeOrOwn(write));
		}
	}

	private Progress writeOrOwn(Write write) {
		Progress progress = write(write);
		try {
			if (!write.isSettled() && !write.isHeld()) {
				write.own();
			}
			return progress;
		}
		catch (RuntimeException | Error ex) {
			fail();
			throw ex;
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
	private Progress write(Write write) {
		Progress progress = Progress.MORE;
		while (progress == Progress.MORE && !write.isSettled()) {
			progress = writeOnce();
		}
		return progress;
	}

	/**
	 * The writer has met what has no reason of its own, the end of the memory perhaps.
	 * Nobody knows any more what is out, so the connection fails; what is left to do is
	 * the poller's.
	 */
	private void fail() {
		this.queue.wrote(0, true, false, WriteEnd.FAILED);
		this.watch.arm(SelectionKey.OP_WRITE);
	}

	/**
	 * Waits until the sender of a write may go on: the write is out or queued, or the
	 * deadline has passed, or the thread was interrupted, whose flag then is set again.
	 * Call it once.
	 */
	WriteOutcome await(Write write, Deadline deadline) {
		if (write.isHeld()) {
			// Who waits for it, waits for no others.
			pull();
			park(write, deadline.forThisThread());
		}
		WriteOutcome outcome = write.outcome();
		if (outcome == null) {
			return write.isExpired() ? new WriteOutcome.StillQueued(write) : WriteOutcome.Queued.INSTANCE;
		}
		if (outcome instanceof WriteOutcome.TimedOut timedOut) {
			// On the sender's time, not under the lock: from now on its array is its own
			// again.
			timedOut.rest().copyFrom(write);
		}
		this.writes.giveBack(write);
		return outcome;
	}

	private void park(Write write, Deadline deadline) {
		boolean interrupted = false;
		boolean expired = false;
		write.waiter(Thread.currentThread());
		while (write.isHeld()) {
			if (expired) {
				// In flight: the writer goes on with it as soon as its call returns.
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
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Ends our half of the stream; writes that wait end as closed. */
	void shutdownOutput() {
		if (this.queue.end(endThen(this::endStream))) {
			finish(Progress.MORE);
		}
	}

	/** Ends our half of the stream behind the writes in line; no more are taken. */
	void shutdownOutputLast() {
		if (this.queue.seal(endThen(this::endStream))) {
			finish(Progress.MORE);
		}
	}

	/** Closes behind the writes in line; those that wait for room end as closed. */
	void close(Runnable action) {
		if (this.queue.close(endThen(action))) {
			finish(Progress.MORE);
		}
	}

	/** Runs on the poller when the kernel takes bytes again. The poller is the writer. */
	void onWritable() {
		finish(Progress.MORE);
	}

	/** Writes for others, for a while; then the poller goes on if anything is left. */
	private void finish(Progress soFar) {
		Progress progress = soFar;
		for (int round = 0; progress.goesOn() && round < ROUNDS_FOR_OTHERS; round++) {
			progress = writeOnce();
			if (progress == Progress.BLOCKED) {
				progress = writeSpinning();
			}
		}
		if (progress != Progress.NOTHING_LEFT) {
			if (this.queue.wantsTick()) {
				// Should the kernel take nothing for a while, buffers are given back.
				this.watch.tick();
			}
			this.watch.arm(SelectionKey.OP_WRITE);
		}
	}

	/**
	 * The peer may be taking bytes at this moment: where that has been so lately, it is
	 * faster to try again than to leave it to the poller.
	 */
	private Progress writeSpinning() {
		Progress progress = Progress.BLOCKED;
		Spin spin = spin();
		if (!Poller.isCurrentThread() && spin.begin()) {
			try {
				do {
					progress = writeOnce();
				}
				while (progress == Progress.BLOCKED && spin.goesOn());
			}
			finally {
				spin.end(progress != Progress.BLOCKED);
			}
		}
		return progress;
	}

	/** Only the writer spins. */
	private Spin spin() {
		if (this.spin == null) {
			this.spin = new Spin(this.spinners, this.watch.crowd());
		}
		return this.spin;
	}

	private Progress writeOnce() {
		try {
			return switch (this.queue.next(BufferPool.BUFFER_SIZE)) {
				case REST -> Progress.NOTHING_LEFT;
				case WRITE -> writeFlight();
				case END -> {
					this.queue.takeLast().run();
					yield Progress.MORE;
				}
			};
		}
		catch (RuntimeException | Error ex) {
			fail();
			throw ex;
		}
	}

	/** Most often nothing or one batch is in flight: then no buffer is borrowed. */
	private Progress writeFlight() {
		Flight flight = this.queue.flight();
		ByteBuffer bytes = flight.direct();
		if (bytes != null) {
			return write(bytes);
		}
		ByteBuffer[] parts = this.wire.gathers() ? flight.gathered() : null;
		if (parts != null) {
			return gather(parts);
		}
		ByteBuffer buffer = this.buffers.borrow();
		try {
			flight.copyTo(buffer);
			return write(buffer.flip());
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	private Progress write(ByteBuffer bytes) {
		int start = bytes.position();
		int count = 0;
		boolean flushed = false;
		boolean everything = false;
		WriteEnd failure = WriteEnd.FAILED;
		try {
			if (this.wire.flush()) {
				count = this.wire.write(bytes);
				flushed = this.wire.flush();
			}
			failure = null;
		}
		catch (IOException ex) {
			// A wire of many records may fail at a later one: what it took before is out.
			count = bytes.position() - start;
			failure = broken(ex);
		}
		finally {
			// From then on the buffer may be somebody else's.
			everything = flushed && !bytes.hasRemaining();
			this.queue.wrote(count, flushed, everything, failure);
		}
		return Progress.of(everything, failure);
	}

	private Progress gather(ByteBuffer[] parts) {
		long size = 0;
		for (ByteBuffer part : parts) {
			size += part.remaining();
		}
		long count = 0;
		WriteEnd failure = WriteEnd.FAILED;
		try {
			count = this.wire.gather(parts);
			failure = null;
		}
		catch (IOException ex) {
			failure = broken(ex);
		}
		finally {
			this.queue.wrote((int) count, true, count == size, failure);
		}
		return Progress.of(count == size, failure);
	}

	/** Whatever else the kernel says about a broken connection, Erlang says closed. */
	private WriteEnd broken(IOException failure) {
		if (PosixError.of(failure) != PosixError.ECONNRESET) {
			return WriteEnd.CLOSED;
		}
		this.input.broken(failure);
		return WriteEnd.RESET;
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
		BLOCKED,

		/** The wire takes no more for ever. */
		BROKEN;

		static Progress of(boolean everything, @Nullable WriteEnd failure) {
			if (failure != null) {
				return BROKEN;
			}
			return everything ? MORE : BLOCKED;
		}

		/** Returns whether there may be something to do without a wait. */
		boolean goesOn() {
			return this == MORE || this == BROKEN;
		}

	}

}
