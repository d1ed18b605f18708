package io.gentcp.transport;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

import org.jspecify.annotations.Nullable;

/**
 * One channel under the eyes of its {@link Poller}. Interest is asked for by
 * {@link #arm}, from any thread, and is gone with the first event, unless the poller
 * reads for a thread that waits.
 */
final class Watch {

	private static final int READ_SIDE = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;

	private static final int WRITE_SIDE = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

	private final Poller poller;

	private final Owner owner;

	private volatile @Nullable SelectionKey key;

	private volatile boolean ticking;

	Watch(Poller poller, Owner owner) {
		this.poller = poller;
		this.owner = owner;
	}

	/** Starts to watch a channel, in place of whatever watched it on the same poller. */
	void start(SelectableChannel channel) throws ClosedChannelException {
		this.key = this.poller.register(channel, this);
	}

	/**
	 * Asks for one event. On a closed channel the owner of the channel wakes its waiters.
	 */
	void arm(int operation) {
		SelectionKey key = this.key;
		if (key == null) {
			return;
		}
		try {
			if ((key.interestOps() & operation) != 0) {
				// Still watched. Should the poller stop just now, it tells so afterwards.
				return;
			}
			key.interestOpsOr(operation);
		}
		catch (CancelledKeyException ex) {
			return;
		}
		this.poller.wakeUp();
	}

	/** Returns those whom the poller watches. */
	Crowd crowd() {
		return this.poller.crowd();
	}

	/**
	 * The next event will be handled where it is met, and not only told to a thread that
	 * waits.
	 */
	void handleNext() {
		if (this.poller.isHere()) {
			this.poller.handleNext();
		}
	}

	/**
	 * Runs what handles an event: what may run code of an application runs on the
	 * poller's own thread. Only for an owner that was told of it.
	 */
	void runOnPoller(Runnable action) {
		if (this.poller.isHere()) {
			run(action);
		}
		else {
			this.poller.leave(() -> run(action));
		}
	}

	/** One connection may fail; the poller and the others go on. */
	private void run(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | Error ex) {
			this.owner.onFailure(ex);
		}
	}

	/** Asks for a tick every millisecond or so, until the owner wants no more. */
	void tick() {
		if (!this.ticking) {
			this.ticking = true;
			this.poller.tick(this);
		}
	}

	/** Runs on the poller; returns whether the owner wants to go on. */
	boolean onTick() {
		try {
			if (this.owner.onTick()) {
				return true;
			}
			this.ticking = false;
			// Whoever asks from now on is added anew; who came just before is seen here.
			this.ticking = this.owner.wantsTick();
			return this.ticking;
		}
		catch (RuntimeException | Error ex) {
			this.owner.onFailure(ex);
			return false;
		}
	}

	/** Has the poller let go of a closed channel, so that the kernel closes it now. */
	void release() {
		this.poller.wakeUp();
	}

	/** Waits until the kernel has closed a closed channel. */
	void awaitRelease() {
		this.poller.awaitRelease();
	}

	/**
	 * Runs on the poller, or its deputy. Interest goes before the owner is told: whoever
	 * waits next arms again, and whoever armed before is told now.
	 */
	void ready() {
		try {
			int operations = takeInterest();
			if ((operations & READ_SIDE) != 0) {
				this.owner.onReadable();
			}
			if ((operations & WRITE_SIDE) != 0) {
				runOnPoller(this.owner::onWritable);
			}
		}
		catch (RuntimeException | Error ex) {
			// One connection may fail; the poller and the others go on.
			this.owner.onFailure(ex);
		}
	}

	private int takeInterest() {
		SelectionKey key = this.key;
		if (key == null) {
			return 0;
		}
		try {
			int operations = key.readyOps();
			if (operations == SelectionKey.OP_READ && this.owner.readForWaiter()) {
				return 0;
			}
			// Only what is still asked for: a connect that ended by itself may have left
			// its event to the connection, which must not take it for its own.
			return operations & key.interestOpsAnd(~operations);
		}
		catch (CancelledKeyException ex) {
			// Closed meanwhile; waiting threads are woken by close.
			return 0;
		}
	}

	/**
	 * Whose channel is watched. All of it runs on the poller, unless it says otherwise;
	 * nothing may block.
	 */
	interface Owner {

		/**
		 * Reads for a thread that waits for bytes, if there is one; then the channel is
		 * still watched. May run on a deputy of the poller.
		 */
		default boolean readForWaiter() {
			return false;
		}

		/**
		 * Bytes, the end of the stream, an error or a connection to accept are there. May
		 * run on a deputy of the poller.
		 */
		void onReadable();

		/** The kernel takes bytes again, or a connect has ended. */
		void onWritable();

		/**
		 * A millisecond or so has passed.
		 * @return whether to be told of the next one
		 */
		default boolean onTick() {
			return false;
		}

		/** Returns whether a tick is needed now. */
		default boolean wantsTick() {
			return false;
		}

		/** Handling an event failed in a way that has no reason of its own. */
		void onFailure(Throwable failure);

	}

}
