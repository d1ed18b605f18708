package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that belong together, on their way to the kernel: once the first of them is out,
 * no others come between. {@code io.gentcp} makes one of each packet; the
 * {@link SendQueue} brings it out and settles its {@link WriteOutcome}.
 * <p>
 * Its {@link Contents bytes} are borrowed, not copied: until the write is settled their
 * owner must not change them. How much is taken, and whether the write is in flight,
 * belongs to the lock of the queue; while it is in flight, the one thread that writes
 * reads its bytes without the lock.
 */
public final class Write {

	/** To gather fewer bytes takes longer than to copy them. */
	private static final int WORTH_GATHERING = 16 * 1024;

	/** Stands for every write of which all was out before it was made. */
	static final Write OUT = ofStream(ByteBuffer.allocate(0));

	static {
		OUT.settle(WriteOutcome.Written.INSTANCE);
	}

	/** Where the bytes were at first. */
	private final Contents lent;

	/** Where they are. */
	private Contents contents;

	/** How much was taken before the write got its own bytes: they begin there. */
	private int ownedFrom;

	private int size;

	/**
	 * Bytes of the same packet that were out before: more than 0 in the rest of a torn
	 * one.
	 */
	private final long outBefore;

	/** Whether nothing but its rest may follow a part of this write. */
	private boolean whole;

	/** What to do when the write has got its place in line. */
	private Runnable inLine = () -> {
	};

	/** Written under the lock only. */
	private volatile int taken;

	private boolean inFlight;

	/** Whether its sender has to wait. */
	private volatile boolean held = true;

	/** What to do when the write is settled. */
	private Runnable whenSettled = () -> {
	};

	/** Whether its sender gave up: maybe while the write was in flight. */
	private boolean expired;

	/**
	 * Whether the line was closed while the write was in flight, and its sender waits.
	 */
	private boolean dismissed;

	/** The write behind this one; belongs to {@link WriteList}. */
	@Nullable Write next;

	private volatile @Nullable WriteOutcome outcome;

	private volatile @Nullable Thread waiter;

	private Write(Contents contents, int size, long outBefore, boolean whole) {
		this.lent = contents;
		this.contents = contents;
		this.size = size;
		this.outBefore = outBefore;
		this.whole = whole;
	}

	/**
	 * Returns a write of a packet, of which a part must never be followed by anything but
	 * its rest.
	 */
	public static Write ofPacket(ByteBuffer header, ByteBuffer body, ByteBuffer trailer) {
		return of(new Parts(header, body, trailer), true);
	}

	/** Returns a write of bytes of a stream without packets. */
	public static Write ofStream(ByteBuffer bytes) {
		return of(Parts.of(bytes), false);
	}

	private static Write of(Parts parts, boolean whole) {
		return new Write(parts, parts.size(), 0, whole);
	}

	/** Returns the write of what is appended to a batch; nobody waits for it. */
	static Write ofBatch(Batch batch) {
		return new Write(batch, 0, 0, true);
	}

	/** Returns a write for one packet after the other. */
	static Write ofArray() {
		return new Write(new PackedArray(), 0, 0, true);
	}

	/** Begins anew, as the write of another packet. */
	void begin(ArrayPacking packing, byte[] array, int from, int bodySize, boolean whole) {
		PackedArray packed = (PackedArray) this.lent;
		packed.set(packing, array, from, bodySize);
		begin(packed.size());
		this.whole = whole;
	}

	/** Returns whether it is one for one packet after the other. */
	boolean isOfArray() {
		return this.lent instanceof PackedArray;
	}

	/** Forgets its packet and its sender. */
	void clear() {
		((PackedArray) this.lent).clear();
		this.contents = this.lent;
		this.waiter = null;
	}

	/** Begins anew as the write of a batch that is empty. */
	void begin() {
		begin(0);
		release();
	}

	private void begin(int size) {
		unsettle();
		this.inFlight = false;
		this.contents = this.lent;
		this.size = size;
		this.taken = 0;
		this.ownedFrom = 0;
	}

	/**
	 * Has something done at the moment the write gets its place in line: for two writes,
	 * in the order in which they go out. It runs under the lock of the queue, so it must
	 * be brief and must not call back; it does not run if the write is refused.
	 */
	public Write whenInLine(Runnable action) {
		this.inLine = action;
		return this;
	}

	void inLine() {
		this.inLine.run();
	}

	/** Returns the number of bytes of the packet that were out before this write. */
	public long outBefore() {
		return this.outBefore;
	}

	/** Returns the number of bytes of this write. */
	public int size() {
		return this.size;
	}

	/** Returns the bytes of a rest, read-only. */
	public ByteBuffer bytes() {
		return ((Parts) this.contents).body().asReadOnlyBuffer();
	}

	/**
	 * Returns whether its sender has to wait; otherwise {@link Transport#await} does not.
	 */
	public boolean isHeld() {
		return this.held && this.outcome == null;
	}

	/** Returns whether the write has ended. */
	boolean isSettled() {
		return this.outcome != null;
	}

	/** Returns how the write ended, or null while it is in line. */
	public @Nullable WriteOutcome outcome() {
		return this.outcome;
	}

	/** Forgets that the write was refused: it is tried again. */
	void unsettle() {
		this.outcome = null;
		this.expired = false;
		this.dismissed = false;
		this.held = true;
	}

	void settle(WriteOutcome outcome) {
		end(outcome);
		LockSupport.unpark(this.waiter);
	}

	/** Settles it, and has its sender woken later. */
	void settle(WriteOutcome outcome, WakeUps wakeUps) {
		end(outcome);
		wakeUps.add(this.waiter);
	}

	private void end(WriteOutcome outcome) {
		this.outcome = outcome;
		this.lent.release();
		this.whenSettled.run();
	}

	/** Has its sender go on, though the write has not ended. */
	void release() {
		this.held = false;
		LockSupport.unpark(this.waiter);
	}

	void whenSettled(Runnable action) {
		Runnable before = this.whenSettled;
		this.whenSettled = () -> {
			before.run();
			action.run();
		};
	}

	void waiter(Thread thread) {
		this.waiter = thread;
	}

	boolean isWhole() {
		return this.whole;
	}

	int remaining() {
		return this.size - this.taken;
	}

	/** Returns whether this is the write of a batch. */
	boolean isBatch() {
		return this.lent instanceof Batch;
	}

	/** A packet was appended to the batch. */
	void grow(int count) {
		this.size += count;
	}

	/** Returns the number of bytes of the packet that are out. */
	public long bytesOut() {
		return this.outBefore + this.taken;
	}

	/** Returns the size of the packet this write is, or is the rest of. */
	public long packetSize() {
		return this.outBefore + this.size;
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // only under the lock
	void take(int count) {
		this.taken += count;
	}

	boolean isInFlight() {
		return this.inFlight;
	}

	void inFlight(boolean inFlight) {
		this.inFlight = inFlight;
		this.lent.close();
	}

	boolean isExpired() {
		return this.expired;
	}

	void expired(boolean expired) {
		this.expired = expired;
	}

	/** Returns whether its sender waits no longer, when it has landed. */
	boolean goesOnWhenLanded() {
		return this.expired || this.dismissed;
	}

	/** The line is closed, but the writer reads it at this moment. */
	void dismissed() {
		this.dismissed = true;
	}

	/** Copies what is not taken yet, as far as there is room. */
	void copyTo(ByteBuffer target) {
		int count = Math.min(remaining(), target.remaining());
		this.contents.copyTo(target, this.taken - this.ownedFrom, count);
	}

	/**
	 * Returns what is not taken where it is, to write from, if it is in the buffer of a
	 * batch; otherwise it is to be copied. Only for the writer.
	 */
	@Nullable ByteBuffer direct() {
		return this.contents.direct(this.taken - this.ownedFrom, this.size - this.ownedFrom);
	}

	/**
	 * Returns what is not taken where it is, if it is large and outside of the heap: then
	 * the kernel can take it from there. Only for the writer.
	 */
	ByteBuffer @Nullable [] gathered() {
		return (remaining() < WORTH_GATHERING) ? null : this.contents.gathered(this.taken - this.ownedFrom);
	}

	/** Returns whether it is a batch that has a buffer, and is not in flight. */
	boolean canShrink() {
		return !this.inFlight && this.contents instanceof Batch;
	}

	/**
	 * Gives the buffer of a batch back, and keeps a copy of what is not out: the peer may
	 * take that in a moment or never. Only if it {@link #canShrink can}.
	 */
	void shrink() {
		this.lent.close();
		own();
		this.lent.release();
	}

	/** Returns whether its bytes are still where its sender has them. */
	@SuppressWarnings("ReferenceEquality") // the same bytes, not equal ones
	boolean isLent() {
		return this.contents == this.lent;
	}

	/**
	 * Returns the write of what is not taken. It gets its bytes by {@link #copyFrom},
	 * which may take a while and so is no work for whoever holds the lock.
	 */
	Write rest() {
		return new Write(Parts.NONE, remaining(), bytesOut(), this.whole);
	}

	/**
	 * Gives the write its own copy of what is not taken, unless it has one: its sender
	 * goes on before it has ended. Only while it is not in flight; in line, by the writer
	 * if its sender is not held, otherwise under the lock.
	 */
	void own() {
		if (!isLent()) {
			return;
		}
		ByteBuffer copy = ByteBuffer.allocate(remaining());
		copyTo(copy);
		this.ownedFrom = this.taken;
		this.contents = Parts.of(copy.flip());
		if (this.lent instanceof PackedArray packed) {
			packed.clear();
		}
	}

	/** Gives a rest its own copy of the bytes that its sender borrowed us. */
	void copyFrom(Write torn) {
		ByteBuffer copy = ByteBuffer.allocate(this.size);
		torn.copyTo(copy);
		this.contents = Parts.of(copy.flip());
	}

}
