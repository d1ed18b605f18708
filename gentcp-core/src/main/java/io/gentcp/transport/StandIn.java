package io.gentcp.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Reads in place of a thread that waits for bytes: the poller, which has just heard of
 * them. So the thread finds them when it wakes up and need not ask the kernel, and the
 * poller can go on watching the channel, which costs a call each time it begins.
 * <p>
 * Whose the bytes are is in the state: the poller's while it is reading, otherwise the
 * thread's whose turn it is to receive. The poller reads only while that thread waits, so
 * there is one reader at a time.
 */
final class StandIn implements BooleanSupplier {

	/** A thread that wants more goes on by itself. */
	private static final int MOST = 8 * 1024;

	/** Of more bytes the copy is new: next to it, its own cost is small. */
	private static final int FEW = 1024;

	/** With a half of a megabyte many threads can be woken at a time. */
	static final int MOST_SPARES = 512;

	private static final int NOBODY_WAITS = 0;

	private static final int WAITING = 1;

	private static final int READING = 2;

	private static final int READ = 3;

	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(StandIn.class, "state", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final BufferPool buffers;

	/** For few bytes that were read, until their thread runs. */
	private final Spares<ByteBuffer> spares;

	/** Reads into a buffer. */
	private final Function<ByteBuffer, ReadOutcome> wire;

	private volatile int state;

	private @Nullable ReadOutcome outcome;

	private @Nullable ByteBuffer bytes;

	StandIn(BufferPool buffers, Spares<ByteBuffer> spares, Function<ByteBuffer, ReadOutcome> wire) {
		this.buffers = buffers;
		this.spares = spares;
		this.wire = wire;
	}

	/** From now on the poller may read: this thread waits. */
	void begin() {
		this.state = WAITING;
	}

	/**
	 * From now on it must not: this thread waits no longer. If it is reading at this
	 * moment, that takes no more than the call, which does not block.
	 * @return whether it has read
	 */
	@SuppressWarnings("ThreadPriorityCheck") // It is for others to run, not for order.
	boolean end() {
		while (!STATE.compareAndSet(this, WAITING, NOBODY_WAITS)) {
			// If it found nothing it may be reading again a moment later.
			if (STATE.compareAndSet(this, READ, NOBODY_WAITS)) {
				return true;
			}
			// Whoever reads may need this processor, or this carrier.
			Thread.yield();
		}
		return false;
	}

	/** Returns whether there is something for the thread that waits. */
	@Override
	public boolean getAsBoolean() {
		return this.state == READ;
	}

	/** Returns whether {@link #take} has nothing. */
	boolean isEmpty() {
		return this.outcome == null;
	}

	/** Hands over what was read, as far as there is room, or null. */
	@Nullable ReadOutcome take(ByteBuffer target) {
		ReadOutcome outcome = this.outcome;
		ByteBuffer bytes = this.bytes;
		if (bytes != null && bytes.remaining() > target.remaining()) {
			int part = target.remaining();
			target.put(bytes.slice(bytes.position(), part));
			bytes.position(bytes.position() + part);
			return ReadOutcome.Bytes.INSTANCE;
		}
		if (bytes != null) {
			target.put(bytes);
			this.bytes = null;
			if (bytes.capacity() == FEW) {
				this.spares.put(bytes);
			}
		}
		this.outcome = null;
		return outcome;
	}

	/**
	 * Reads if a thread waits. Only for the poller, or its deputy.
	 * @return whether one waits, so that nobody else has to be told of what there is
	 */
	boolean read() {
		if (!STATE.compareAndSet(this, WAITING, READING)) {
			return false;
		}
		// If that fails the thread that waits is to look for itself.
		int next = READ;
		ByteBuffer buffer = null;
		try {
			buffer = this.buffers.borrow();
			ReadOutcome outcome = this.wire.apply(buffer.limit(MOST));
			if (outcome instanceof ReadOutcome.Nothing) {
				next = WAITING;
			}
			else {
				keep(outcome, buffer.flip());
			}
			return true;
		}
		finally {
			if (buffer != null) {
				this.buffers.giveBack(buffer);
			}
			this.state = next;
		}
	}

	private void keep(ReadOutcome outcome, ByteBuffer buffer) {
		this.outcome = outcome;
		if (buffer.hasRemaining()) {
			this.bytes = place(buffer.remaining()).put(buffer).flip();
		}
	}

	private ByteBuffer place(int count) {
		if (count > FEW) {
			return ByteBuffer.allocate(count);
		}
		ByteBuffer spare = this.spares.take();
		return (spare != null) ? spare.clear() : ByteBuffer.allocate(FEW);
	}

}
