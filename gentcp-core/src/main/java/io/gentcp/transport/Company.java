package io.gentcp.transport;

/**
 * Whether senders of one connection come in company: whether the last calls of the wire
 * took several writes along each, or many threads have sent by turns. Then a sender that
 * is about to write lets the others go first, who were woken by the last call or the last
 * answers: each of them appends what it has to send, and one call brings out all of it.
 * And who receives does not spin, which would keep a processor from them. Alone, nobody
 * gives way.
 * <p>
 * Changed under the lock of the {@link SendQueue}, read without; but who handles what is
 * received says so himself.
 */
final class Company {

	/** The average is kept in parts of one, so that it moves in small steps. */
	private static final int ONE = 16;

	/** Each call counts for so much of the average. */
	private static final int WEIGHT = 4;

	/** On average so many writes in a call, or more, are company. */
	private static final int ENOUGH = ONE + ONE / 2;

	/** Threads are told apart within so many packets. */
	private static final int WINDOW = 32;

	/** From so many threads on they come by turns; fewer are faster if they spin. */
	private static final int MANY = 8;

	/** So few of them are company no more. */
	private static final int FEW = 4;

	/** Gives neighbours different upper bits, of which six tell a thread. */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private volatile int average = ONE;

	/** Packets of this window. */
	private int packets;

	/** A bit for each thread that has sent one of them; two may share one. */
	private long threads;

	private volatile boolean byTurns;

	private volatile long handler;

	/**
	 * This thread handles what the connection receives. However many there are one after
	 * the other, what they send counts as one thread's.
	 */
	void handles(long threadId) {
		if (this.handler != threadId) {
			this.handler = threadId;
		}
	}

	/** A thread has a packet to send. */
	void meet(long sender) {
		long threadId = (sender == this.handler) ? 0 : sender;
		this.threads |= 1L << ((threadId * SPREAD) >>> 58);
		this.packets++;
		if (this.packets == WINDOW) {
			int seen = Long.bitCount(this.threads);
			boolean byTurns = this.byTurns ? seen > FEW : seen >= MANY;
			if (byTurns != this.byTurns) {
				this.byTurns = byTurns;
			}
			this.packets = 0;
			this.threads = 0;
		}
	}

	/** A call took so many writes along. */
	void took(int writes) {
		int average = this.average;
		int next = average + (ONE * Math.min(writes, ONE) - average) / WEIGHT;
		if (next != average) {
			this.average = next;
		}
	}

	/** Any thread may ask. */
	boolean isHere() {
		return this.byTurns || this.average >= ENOUGH;
	}

	/** Lets others run first, if that has paid lately. Not for a poller. */
	@SuppressWarnings("ThreadPriorityCheck") // it is only faster if others run first
	void giveWay() {
		if (isHere() && !Poller.isCurrentThread()) {
			Thread.yield();
		}
	}

}
