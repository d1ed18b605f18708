package io.gentcp.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks for events on a virtual thread, in place of a {@link Poller}, as long as there
 * are some. Those whom it wakes run before it looks again, on the same carriers: so what
 * comes meanwhile is heard of together, and no platform thread has to be woken by the
 * kernel and take a processor from them. Where it does not pay it is sent ever more
 * seldom. Only for the poller's thread, which waits while its deputy is out.
 */
final class Deputy {

	/**
	 * So long the poller waits for a look. Those whom the last one woke run first, which
	 * with a thousand of them takes milliseconds.
	 */
	static final Duration PATIENCE = Duration.ofMillis(10);

	/** After each errand in vain none is begun for twice as long, so many times. */
	private static final int MOST_DOUBLINGS = 10;

	private final String name;

	private final Look look;

	private final long patienceNanos;

	/** Errands in vain, one after the other. */
	private int inVain;

	/** How many more times it is not sent. */
	private int withoutErrand;

	Deputy(String name, Look look, Duration patience) {
		this.name = name;
		this.look = look;
		this.patienceNanos = patience.toNanos();
	}

	/** Sends it, if that has paid so far, and waits until the poller is needed again. */
	void send() {
		if (this.withoutErrand > 0) {
			this.withoutErrand--;
			return;
		}
		Errand errand = new Errand(this.look);
		Thread.ofVirtual().name(this.name).start(errand::run);
		this.inVain = errand.await(this.patienceNanos) ? 0 : Math.min(this.inVain + 1, MOST_DOUBLINGS);
		this.withoutErrand = (1 << this.inVain) - 1;
	}

	/** Looks for events once. */
	@FunctionalInterface
	interface Look {

		Outcome look() throws IOException;

	}

	/** What came of a look. */
	enum Outcome {

		/** There were events. */
		FOUND,

		/** There were none. */
		NOTHING,

		/** The poller is needed. */
		OVER

	}

	/**
	 * Goes on until nothing more is found or the poller is needed, or recalls it: that it
	 * may do between two looks, and does if no carrier has come to it for a while. Whose
	 * turn it is to look is in the state: the poller's from {@code HOME} on.
	 */
	private static final class Errand {

		/** Looks in vain, one after the other, that end it. */
		private static final int MOST_IN_VAIN = 2;

		private static final int OUT = 0;

		private static final int LOOKING = 1;

		private static final int HOME = 2;

		private final Look look;

		private final Thread poller = Thread.currentThread();

		private final AtomicInteger state = new AtomicInteger(OUT);

		/** Whether there was a look since the poller asked. */
		private volatile boolean looked;

		/** Whether a look found something. */
		private boolean found;

		Errand(Look look) {
			this.look = look;
		}

		/** Returns whether it paid. */
		boolean await(long patienceNanos) {
			long since = System.nanoTime();
			while (this.state.get() != HOME) {
				// It may return at once, because of an earlier errand.
				LockSupport.parkNanos(this, patienceNanos);
				if (this.looked) {
					this.looked = false;
					since = System.nanoTime();
				}
				else if (System.nanoTime() - since >= patienceNanos && this.state.compareAndSet(OUT, HOME)) {
					return false;
				}
			}
			return this.found;
		}

		@SuppressWarnings("ThreadPriorityCheck") // It is for others to run, not for
													// order.
		void run() {
			int inVain = 0;
			Outcome outcome = Outcome.NOTHING;
			while (outcome != Outcome.OVER && inVain < MOST_IN_VAIN && this.state.compareAndSet(OUT, LOOKING)) {
				outcome = lookOnce();
				inVain = (outcome == Outcome.FOUND) ? 0 : inVain + 1;
				if (outcome != Outcome.OVER) {
					Thread.yield();
				}
			}
			if (this.state.compareAndSet(OUT, HOME)) {
				LockSupport.unpark(this.poller);
			}
		}

		private Outcome lookOnce() {
			try {
				Outcome outcome = this.look.look();
				this.found |= outcome == Outcome.FOUND;
				return outcome;
			}
			catch (IOException ex) {
				// The poller meets it too, and knows what to do.
				return Outcome.OVER;
			}
			finally {
				this.looked = true;
				this.state.set(OUT);
			}
		}

	}

}
