package io.gentcp.transport;

import org.jspecify.annotations.Nullable;

/**
 * Whether a poller hears of many connections by turns. Then nobody spins on what it
 * watches: there is always something to do, which needs the processor more, and what
 * comes meanwhile is handled together. Told by the poller's thread; any thread may ask.
 */
final class Crowd {

	/** From so many connections in a row of which none was one of the two before. */
	private static final int LARGE = 4;

	/** As many calm events end it, so that a short burst of one is not taken for calm. */
	private static final int MOST = 2 * LARGE;

	private @Nullable Object last;

	private @Nullable Object before;

	private int size;

	private volatile boolean large;

	/** There is an event of a connection. */
	void meet(Object connection) {
		boolean known = connection.equals(this.last) || connection.equals(this.before);
		if (!connection.equals(this.last)) {
			this.before = this.last;
			this.last = connection;
		}
		this.size = known ? Math.max(this.size - 1, 0) : Math.min(this.size + 1, MOST);
		boolean large = this.large ? this.size > 0 : this.size >= LARGE;
		if (large != this.large) {
			this.large = large;
		}
	}

	boolean isLarge() {
		return this.large;
	}

}
