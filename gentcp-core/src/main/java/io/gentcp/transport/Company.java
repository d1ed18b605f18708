package io.gentcp.transport;

/**
 * Whether senders of one connection come in company: whether the last calls of the wire
 * took several writes along each. Then a sender of the socket backend that is about to
 * write lets the others go first, who were woken by the last call: each of them appends
 * what it has to send, and one call brings out all of it. Alone, nobody gives way.
 * <p>
 * Changed under the lock of the {@link SendQueue}, read without.
 */
final class Company {

	/** The average is kept in parts of one, so that it moves in small steps. */
	private static final int ONE = 16;

	/** Each call counts for so much of the average. */
	private static final int WEIGHT = 4;

	/** On average so many writes in a call, or more, are company. */
	private static final int ENOUGH = ONE + ONE / 2;

	private volatile int average = ONE;

	/** A call took so many writes along. */
	void took(int writes) {
		int average = this.average;
		int next = average + (ONE * Math.min(writes, ONE) - average) / WEIGHT;
		if (next != average) {
			this.average = next;
		}
	}

	/** Returns whether the last calls took several writes along. */
	boolean isHere() {
		return this.average >= ENOUGH;
	}

	/** Lets others run first, if that has paid lately. Not for a poller. */
	@SuppressWarnings("ThreadPriorityCheck") // it is only faster if others run first
	void giveWay() {
		if (isHere() && !Poller.isCurrentThread()) {
			Thread.yield();
		}
	}

}
