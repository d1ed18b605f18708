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
final class Reader {

	private final Wire wire;

	private final Watch watch;

	private final Readiness readiness = new Readiness();

	/** What the poller runs at the next event. */
	private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();

	/** Whether the stream is known to have ended, or this side ended it. */
	private volatile boolean ended;

	Reader(Wire wire, Watch watch) {
		this.wire = wire;
		this.watch = watch;
	}

	/** Reads what is there, without waiting. */
	ReadOutcome read(ByteBuffer target) {
		if (this.ended) {
			return ReadOutcome.Closed.INSTANCE;
		}
		try {
			int count = this.wire.read(target);
			if (count > 0) {
				return new ReadOutcome.Bytes(count);
			}
			if (count == 0) {
				return ReadOutcome.Nothing.INSTANCE;
			}
		}
		catch (IOException ex) {
			// A reset is {error, closed} unless show_econnreset asks for more.
		}
		this.ended = true;
		return ReadOutcome.Closed.INSTANCE;
	}

	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Waits until there may be something to read.
	 * @return false if the deadline passed or the thread was interrupted before
	 */
	boolean await(Deadline deadline) {
		return this.readiness.await(this.watch, SelectionKey.OP_READ, deadline.forThisThread());
	}

	/**
	 * Has the poller run an action at the next event, at the latest; without waiting and
	 * for as long as that takes.
	 */
	void whenReadable(Runnable action) {
		// Before it is armed: whichever event takes the action away, it comes after this.
		this.action.set(action);
		this.watch.arm(SelectionKey.OP_READ);
	}

	/** Runs on the poller. */
	void onReadable() {
		this.readiness.signal();
		Runnable action = this.action.getAndSet(null);
		if (action != null) {
			action.run();
		}
	}

	/** Ends the wait of a thread and every read to come. */
	void close() {
		this.ended = true;
		this.readiness.close();
	}

}
