package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The receive side of one connection. The thread that receives reads the wire itself;
 * only when nothing is there does it ask the poller for a sign and park. At most one
 * thread receives at a time, which is for the caller to ensure.
 */
public final class Input {

	private final Wire wire;

	private final Watch watch;

	private final Engine engine;

	private final Company company;

	private final Readiness readiness = new Readiness();

	/** Whether the last read took all there was, so that the next would find nothing. */
	private boolean drained;

	/** Made when a thread waits for the first time and might spin. */
	private @Nullable Spin spin;

	/** Made when a thread is to be woken for the first time. */
	private volatile @Nullable StandIn standIn;

	/** What the poller runs at the next event. */
	private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();

	/** Why the connection broke, from whoever found it out. */
	private volatile ReadOutcome.@Nullable Failed brokenBy;

	/** Whether the stream is known to have ended, or this side ended it. */
	private volatile boolean ended;

	Input(Wire wire, Engine engine, Watch watch, Company company) {
		this.wire = wire;
		this.engine = engine;
		this.watch = watch;
		this.company = company;
	}

	/** Reads what has arrived, without waiting. */
	public ReadOutcome read(ByteBuffer target) {
		if (this.ended) {
			return ReadOutcome.Closed.INSTANCE;
		}
		StandIn standIn = this.standIn;
		ReadOutcome found = (standIn != null) ? standIn.take(target) : null;
		ReadOutcome outcome = (found != null) ? found : look(target);
		boolean over = outcome instanceof ReadOutcome.Ended || outcome instanceof ReadOutcome.Failed;
		return over ? end(outcome) : outcome;
	}

	private ReadOutcome end(ReadOutcome outcome) {
		if (this.ended) {
			// This side has ended it, before or during the call.
			return ReadOutcome.Closed.INSTANCE;
		}
		this.ended = true;
		return outcome;
	}

	/** Asks the wire. */
	private ReadOutcome look(ByteBuffer target) {
		try {
			int count = this.wire.read(target);
			this.drained = target.hasRemaining() && !this.wire.hasMore();
			if (count > 0) {
				return ReadOutcome.Bytes.INSTANCE;
			}
			if (count == 0) {
				return ReadOutcome.Nothing.INSTANCE;
			}
		}
		catch (IOException ex) {
			broken(ex);
		}
		ReadOutcome broken = this.brokenBy;
		return (broken != null) ? broken : ReadOutcome.Ended.INSTANCE;
	}

	/**
	 * Returns whether the next {@link #read} finds something of which no event will tell,
	 * because the last has left it in the wire.
	 */
	public boolean hasMore() {
		return this.wire.hasMore();
	}

	/**
	 * Reads what has arrived, for a thread that would wait for it: if nothing is there,
	 * it may look again for some microseconds, where that has paid so far.
	 */
	public ReadOutcome read(ByteBuffer target, Deadline deadline) {
		if (deadline.forThisThread().hasPassed()) {
			return read(target);
		}
		StandIn standIn = this.standIn;
		boolean looksFirst = !this.drained || (standIn != null && !standIn.isEmpty());
		ReadOutcome outcome = looksFirst ? read(target) : ReadOutcome.Nothing.INSTANCE;
		return (outcome instanceof ReadOutcome.Nothing) ? readSpinning(target) : outcome;
	}

	private ReadOutcome readSpinning(ByteBuffer target) {
		ReadOutcome outcome = ReadOutcome.Nothing.INSTANCE;
		Spin spin = spin();
		if (spin == null || this.company.isHere() || !spin.begin()) {
			return outcome;
		}
		try {
			do {
				outcome = read(target);
			}
			while (outcome instanceof ReadOutcome.Nothing && !this.company.isHere() && spin.goesOn());
			return outcome;
		}
		finally {
			spin.end(!(outcome instanceof ReadOutcome.Nothing));
		}
	}

	/** Most of those in a crowd never need one. */
	private @Nullable Spin spin() {
		if (this.spin == null && !this.watch.crowd().isLarge()) {
			this.spin = new Spin(this.engine.spinners(), this.watch.crowd());
		}
		return this.spin;
	}

	private StandIn standIn() {
		StandIn standIn = this.standIn;
		if (standIn == null) {
			standIn = new StandIn(this.engine.buffers(), this.engine.readBytes(), this::look);
			this.standIn = standIn;
		}
		return standIn;
	}

	/**
	 * The connection is broken: a call of the wire has said so, a write perhaps. The
	 * kernel says it once, so whoever reads next must learn it here, behind what came
	 * before.
	 */
	void broken(IOException failure) {
		if (this.brokenBy == null) {
			this.brokenBy = ReadOutcome.Failed.of(failure);
		}
	}

	/**
	 * Returns whether {@link #read} has found the end of the stream, or this side has
	 * ended it: nothing is to be received any more, whatever came before.
	 */
	public boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Waits until {@link #read} may find something: bytes, the end of the stream or an
	 * error.
	 * @param large whether a large packet is expected, of which the poller does not read
	 * a piece for this thread
	 * @return false if the deadline passed first, or the thread was interrupted, whose
	 * flag then is still set
	 */
	public boolean await(Deadline deadline, boolean large) {
		this.drained = false;
		StandIn standIn = standIn();
		if (!large) {
			standIn.begin();
		}
		boolean event = this.readiness.await(this.watch, SelectionKey.OP_READ, deadline.forThisThread(), standIn);
		woke();
		return (!large && standIn.end()) || event;
	}

	/**
	 * Has the poller run an action once, as soon as {@link #read} may find something. It
	 * must not block. It may run too early, and does not run after a close. Only the last
	 * action counts.
	 */
	public void whenReadable(Runnable action) {
		// Before it is armed: whichever event takes the action away, it comes after this.
		this.action.set(action);
		this.watch.arm(SelectionKey.OP_READ);
		this.watch.handleNext();
	}

	/**
	 * The event has come for which a thread has not waited, but left an action. For the
	 * thread whose turn it is.
	 */
	public void woke() {
		if (this.spin != null) {
			this.spin.woke();
		}
	}

	/** The calling thread handles what was received, until another one does. */
	public void handledHere() {
		this.company.handles(Thread.currentThread().threadId());
	}

	/** Lends a direct buffer; for the time of a read, never while waiting. */
	public ByteBuffer borrowBuffer() {
		return this.engine.buffers().borrow();
	}

	/** Takes back what {@link #borrowBuffer} lent. */
	public void giveBack(ByteBuffer buffer) {
		this.engine.buffers().giveBack(buffer);
	}

	/**
	 * Ends the peer's half of the stream for us; a thread that waits to read is woken.
	 */
	public void shutdown() {
		close();
		try {
			this.wire.shutdownInput();
		}
		catch (IOException ex) {
			// The connection is gone, and nothing more comes from it either way.
		}
	}

	/**
	 * Reads for a thread that waits, on the poller; so that thread finds its bytes when
	 * it wakes up, and the poller can go on watching.
	 * @return whether one waits; otherwise the poller stops watching, and whoever comes
	 * is told
	 */
	boolean readForWaiter() {
		StandIn standIn = this.standIn;
		if (standIn == null || !standIn.read()) {
			return false;
		}
		this.readiness.signal();
		return true;
	}

	/** Runs on the poller, or its deputy. */
	void onReadable() {
		this.readiness.signal();
		Runnable action = this.action.getAndSet(null);
		if (action != null) {
			this.watch.runOnPoller(action);
		}
	}

	/**
	 * What handles this connection on the poller has failed, and the wire is closed:
	 * whoever receives, or waits to, is told.
	 */
	void fail(Throwable failure) {
		broken(new IOException(failure.toString(), failure));
		onReadable();
	}

	/** Ends the wait of a thread and every read to come. */
	void close() {
		this.ended = true;
		this.readiness.close();
	}

}
