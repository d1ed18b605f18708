package io.gentcp.spring.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.PendingSend;
import io.gentcp.packet.Packet;
import io.gentcp.transport.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection whose replies have yet to come, in the order in which
 * the requests go out. The first packet that arrives is the reply to the first of them. A
 * request that was given up keeps its place, so that its late reply is not taken for the
 * next one's. If the peer never sends that one, each later reply is taken for the reply
 * to the request before: so it is likely to be when one request after the other gets none
 * in time, though late ones come.
 * <p>
 * A request {@link #enter enters}, gets its place when it gets its place on the wire, and
 * leaves with its reply. Somebody may ask for the line to be {@link #awaitEmpty empty}:
 * those who come later wait until it is {@link #reopen open} again.
 * <p>
 * One lock guards the order and is held for moments only; it is taken under the lock of
 * the socket's send queue, never the other way round.
 */
final class ReplyLine {

	/**
	 * Requests given up and never answered, at which nobody can trust the order any more.
	 */
	static final int MOST_UNANSWERED = 10_000;

	/**
	 * Requests in a row that were given up while late replies came, at which these are
	 * likely to be no late ones.
	 */
	static final int MOST_OUT_OF_STEP = 3;

	private static final int EVERYBODY = Integer.MAX_VALUE;

	/** Each request holds one from entering to leaving; the fair queue is theirs. */
	private final Semaphore room = new Semaphore(EVERYBODY, true);

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<PendingReply> line = new ArrayDeque<>();

	/** How many in the line were given up. */
	private int unanswered;

	/** How many packets were taken for late replies. */
	private long late;

	/** How many requests in a row were given up while late replies came. */
	private int outOfStep;

	/** Changes with each reply in time, and with each request out of step. */
	private long step;

	private @Nullable ConnectionEnd end;

	/**
	 * Lets a request in; waits while the line is to be empty.
	 * @return false if the deadline passed or the thread was interrupted
	 */
	boolean enter(Deadline deadline) {
		return acquire(1, deadline);
	}

	/**
	 * Waits until no request is in, and lets none in.
	 * @return false if the deadline passed or the thread was interrupted; then the line
	 * is open
	 */
	boolean awaitEmpty(Deadline deadline) {
		return acquire(EVERYBODY, deadline);
	}

	/** Lets requests in again. */
	void reopen() {
		this.room.release(EVERYBODY);
	}

	private boolean acquire(int permits, Deadline deadline) {
		try {
			return this.room.tryAcquire(permits, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Gives a request that has entered the last place. Does not wait. */
	void add(PendingReply request, PendingSend send) {
		this.lock.lock();
		try {
			request.begun(send, this.step, this.late);
			if (this.end != null) {
				request.end(new Reply.Lost(this.end));
				goneLocked(request);
				return;
			}
			this.line.addLast(request);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets a request of which nothing is out leave, whether it got a place or not. */
	void leave(PendingReply request) {
		this.lock.lock();
		try {
			if (!request.isGone()) {
				this.line.removeLastOccurrence(request);
				goneLocked(request);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives a request up that is out, or a part of it. It keeps its place.
	 * @return false if it had ended before
	 */
	boolean giveUp(PendingReply request) {
		this.lock.lock();
		try {
			boolean givenUp = request.end(Reply.GivenUp.INSTANCE);
			if (givenUp && !request.isGone()) {
				this.unanswered++;
			}
			return givenUp;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Counts a request that was given up and had the whole time for its reply. Requests
	 * that waited side by side count once: a peer that was slow once was so to all.
	 * @return whether it is just one too many in a row while late replies came; only one
	 * of those side by side is
	 */
	boolean isOutOfStepAfter(PendingReply request) {
		this.lock.lock();
		try {
			if (request.lateBefore() == this.late) {
				this.outOfStep = 0;
			}
			else if (request.stepBefore() == this.step) {
				this.step++;
				this.outOfStep++;
				return this.outOfStep == MOST_OUT_OF_STEP;
			}
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether a packet was taken for a late reply since the request began. */
	boolean isLateReplySince(PendingReply request) {
		this.lock.lock();
		try {
			return request.lateBefore() != this.late;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether so many requests are without reply that the order is in doubt. */
	boolean isInDoubt() {
		this.lock.lock();
		try {
			return this.unanswered >= MOST_UNANSWERED;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether no reply is to come, not even a late one. */
	boolean isEmpty() {
		this.lock.lock();
		try {
			return this.line.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives a packet to the request it is the reply to. */
	Match arrived(Packet packet) {
		this.lock.lock();
		try {
			PendingReply request = this.line.pollFirst();
			while (request != null && request.nothingSent()) {
				// Its thread is about to have it leave; what arrived is for a later one.
				goneLocked(request);
				request = this.line.pollFirst();
			}
			if (request == null) {
				return Match.UNCORRELATED;
			}
			goneLocked(request);
			if (request.end(new Reply.Arrived(packet))) {
				this.step++;
				this.outOfStep = 0;
				return Match.REPLY;
			}
			this.unanswered--;
			this.late++;
			return Match.LATE;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends every request there is and every request that comes. */
	void end(ConnectionEnd end) {
		this.lock.lock();
		try {
			if (this.end == null) {
				this.end = end;
			}
			for (PendingReply request = this.line.pollFirst(); request != null; request = this.line.pollFirst()) {
				request.end(new Reply.Lost(end));
				goneLocked(request);
			}
			this.unanswered = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void goneLocked(PendingReply request) {
		request.gone();
		this.room.release();
	}

	/** What an arriving packet was. */
	enum Match {

		/** The reply to a request that waits for it. */
		REPLY,

		/** The reply to a request that was given up. */
		LATE,

		/** Nothing that was asked for. */
		UNCORRELATED

	}

}
