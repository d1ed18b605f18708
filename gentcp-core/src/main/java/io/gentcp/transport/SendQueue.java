package io.gentcp.transport;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send, in the order in which it came, and how much of it is
 * out. Only bookkeeping: the calls of the wire are the {@link Writer}'s.
 * <p>
 * The one lock guards everything, and is never held across a call of the wire. In its
 * place there is a role: at most one thread is <em>the writer</em>, and what it is
 * writing is <em>in flight</em>. A write in flight is not settled by anybody else, so its
 * bytes stay as they are until the call has returned.
 * <p>
 * When a sender gives up, there are three cases. Nothing is out: the write is withdrawn.
 * All is out: it was sent after all. A part is out, or the write stays in line without
 * its sender: that is for the {@link Admission} of the backend.
 */
final class SendQueue {

	private final ReentrantLock lock = new ReentrantLock();

	private final WriteList writes = new WriteList();

	private final Admission admission;

	private final LineEnd lineEnd;

	/** Whether some thread, or the poller, is the writer. */
	private boolean writing;

	/** Whether the kernel has all that the wire took. */
	private boolean flushed = true;

	/** How many bytes are out. */
	private long bytesOut;

	private long bytesOutAtTick;

	private final Flight flight = new Flight();

	/** Whether the kernel has refused some of what is in line. */
	private boolean blocked;

	private final WakeUps wakeUps = new WakeUps();

	private final Batches batches;

	private final Cork cork;

	private final Company company;

	/** The packets that got a place in line. */
	private final PacketCount sent = new PacketCount();

	SendQueue(Admission admission, Batches batches, Cork cork, Company company) {
		this.admission = admission;
		this.lineEnd = new LineEnd(this.writes, admission);
		this.batches = batches;
		this.cork = cork;
		this.company = company;
	}

	/**
	 * Appends a packet to those whose senders wait for nothing, if it can be one of them.
	 * @param size the number of its bytes
	 * @param leave whether the poller is to write it
	 */
	<B> Offer offer(Packing<B> packing, B body, int size, boolean leave) {
		this.lock.lock();
		try {
			if (this.lineEnd.ofNewWrite() != null) {
				return Offer.DECLINED;
			}
			boolean taken = this.cork.isHolding() ? this.admission.takesBehindHeld(size)
					: this.admission.takesAtOnce(size);
			if (!taken) {
				return pullCork() ? Offer.WRITE_FIRST : Offer.DECLINED;
			}
			this.batches.append(this.writes, packing, body, size);
			this.sent.add(size);
			this.admission.added(size);
			if (this.writing) {
				return this.blocked ? Offer.LEFT_BEHIND : Offer.TAKEN_ALONG;
			}
			if (!leave && !this.admission.isHigh() && this.cork.holds(size)) {
				return Offer.HELD_BACK;
			}
			this.batches.mark();
			becomeWriter();
			return leave ? Offer.LEFT : Offer.WRITE;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether something was held back, and the caller is now the writer who
	 * brings it out.
	 */
	boolean pullCork() {
		this.lock.lock();
		try {
			return this.cork.isHolding() && becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether something is held back. */
	boolean isHolding() {
		return this.cork.isHolding();
	}

	/**
	 * Returns whether the next tick has something to do: to bring out what is held back,
	 * or to give back the buffers of what the kernel does not take.
	 */
	boolean wantsTick() {
		this.lock.lock();
		try {
			return this.cork.isHolding() || (this.blocked && this.batches.hasBuffer());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Looks after what has not moved since the last tick.
	 * @return whether something was held back, and the caller is now the writer
	 */
	boolean tick() {
		this.lock.lock();
		try {
			if (this.blocked && this.bytesOut == this.bytesOutAtTick) {
				this.batches.shrink(this.writes);
			}
			this.bytesOutAtTick = this.bytesOut;
			return this.cork.tick() && becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns what became of the packet that made its sender the writer. */
	WriteOutcome outcome(long mark, int size) {
		WriteEnd end = this.lineEnd.how();
		if (end == null) {
			return WriteOutcome.Written.INSTANCE;
		}
		this.lock.lock();
		try {
			return this.batches.isWritten(mark) ? WriteOutcome.Written.INSTANCE : end.of(this.batches.out(mark, size));
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns the place of the packet that made the caller the writer. */
	long mark() {
		return this.batches.marked();
	}

	/**
	 * Appends a write, or settles it if nothing may be sent now.
	 * @return whether the caller is now the writer
	 */
	boolean add(Write write) {
		this.lock.lock();
		try {
			return append(write) && becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Appends a write that nobody waits for yet, or settles it if nothing may be sent
	 * now. It may be held back for others.
	 * @return whether the caller is now the writer
	 */
	boolean addCorked(Write write) {
		this.lock.lock();
		try {
			return append(write) && !this.writing && !this.cork.holdsBegun(write.remaining()) && becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether a write is in line now, and may go out. */
	private boolean append(Write write) {
		write.unsettle();
		if (!takes(write)) {
			return false;
		}
		if (this.admission.goesFirst(write)) {
			this.writes.addFirst(write);
			return true;
		}
		this.writes.addLast(write);
		this.company.meet(Thread.currentThread().threadId());
		this.sent.add(write.size());
		this.admission.added(write);
		write.inLine();
		return !this.admission.holdsBack();
	}

	/**
	 * Appends a write whose bytes stay their sender's, if it is the writer now or has to
	 * wait for room; settles it if nothing may be sent now.
	 */
	Offer addLent(Write write) {
		this.lock.lock();
		try {
			if (this.writing && !this.admission.holds(write.remaining())) {
				// Whoever is the writer takes it along when its sender has long gone on.
				return takes(write) ? Offer.DECLINED : Offer.TAKEN_ALONG;
			}
			return add(write) ? Offer.WRITE : Offer.TAKEN_ALONG;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether nothing is in the way of a packet, and nobody is about to send
	 * another one: then the caller is the writer, and writes it without a place in line.
	 */
	boolean beginAlone(int size) {
		this.lock.lock();
		try {
			boolean alone = this.lineEnd.ofNewWrite() == null && !this.writing && this.flushed
					&& this.writes.first() == null && !this.admission.holdsBack() && !this.company.isHere();
			if (alone) {
				this.company.meet(Thread.currentThread().threadId());
				this.sent.add(size);
				this.writing = true;
				this.flight.beginAlone();
			}
			return alone;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives the rest of such a packet the first place in line, or settles it. */
	void addRest(Write write) {
		this.lock.lock();
		try {
			WriteEnd end = this.lineEnd.how();
			if (end != null) {
				write.settle(end.of(write));
			}
			else {
				this.writes.addFirst(write);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether a write gets a place in line; otherwise settles it. */
	private boolean takes(Write write) {
		WriteEnd end = this.lineEnd.ofNewWrite();
		if (end != null) {
			write.settle(end.of(write));
			return false;
		}
		return this.admission.admits(write);
	}

	@CanIgnoreReturnValue
	private boolean becomeWriter() {
		boolean mine = !this.writing;
		this.writing = true;
		this.cork.pulled();
		return mine;
	}

	/**
	 * Tells the writer what to do next, and marks as in flight what it is to write.
	 * @param most the number of bytes the writer takes along
	 */
	Task next(int most) {
		this.lock.lock();
		try {
			Write first = this.admission.holdsBack() ? null : this.writes.first();
			this.flight.begin(first, most);
			if (first != null || !this.flushed) {
				return Task.WRITE;
			}
			if (this.lineEnd.hasLast()) {
				return Task.END;
			}
			this.writing = false;
			this.cork.written();
			return Task.REST;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Hands over what is to be done now that everything is out. Only for the writer. */
	Runnable takeLast() {
		this.lock.lock();
		try {
			return this.lineEnd.takeLast();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes down that the wire has ended the stream, and what is to be done when the
	 * kernel has that, unless something else is by now. Only for the writer.
	 */
	void ended(boolean flushed, Runnable last) {
		this.lock.lock();
		try {
			this.flushed = flushed;
			this.lineEnd.lastUnlessOther(last);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** For the writer, before its call: gives way to others who are about to send. */
	void giveWay() {
		this.company.giveWay();
	}

	/** Returns what is in flight. Only for the writer. */
	Flight flight() {
		return this.flight;
	}

	/**
	 * Takes down what a call of the wire did, and settles what it finished.
	 * @param count the number of bytes the wire took
	 * @param flushed whether the kernel has all that the wire took
	 * @param more whether the kernel would take more
	 * @param failure how everything ends, if the call failed
	 */
	void wrote(int count, boolean flushed, boolean more, @Nullable WriteEnd failure) {
		this.lock.lock();
		try {
			this.flight.take(count);
			this.batches.took(this.flight.batched(), flushed && failure == null);
			this.company.took(this.flight.count());
			this.bytesOut += count;
			this.blocked = !more;
			// A broken wire has nothing to flush any more.
			this.flushed = flushed || failure != null;
			if (failure == null) {
				settleFinished();
			}
			else {
				this.lineEnd.failed(failure);
			}
			boolean expired = land();
			this.lineEnd.left(count);
			while (expired) {
				expired = settleFirstExpired();
			}
			this.lineEnd.settle();
		}
		finally {
			this.lock.unlock();
			this.wakeUps.wakeAll();
		}
	}

	private void settleFinished() {
		Write write = this.writes.first();
		while (this.flushed && write != null && write.isInFlight() && write.remaining() == 0) {
			this.writes.remove(write);
			this.admission.leaves(write);
			write.settle(WriteOutcome.Written.INSTANCE, this.wakeUps);
			write = this.writes.first();
		}
	}

	/**
	 * The writes that were in flight are so no longer. All have landed before one is
	 * settled or has its sender go on: from then on it may send another packet with it,
	 * elsewhere.
	 * @return whether the sender of one of them has given up meanwhile
	 */
	private boolean land() {
		boolean expired = false;
		for (Write write = this.writes.first(); write != null && write.isInFlight(); write = write.next) {
			write.inFlight(false);
			expired |= write.goesOnWhenLanded();
		}
		return expired;
	}

	/** The first that is settled may be the end of others. */
	private boolean settleFirstExpired() {
		Write write = (this.lineEnd.how() == null) ? this.writes.first() : null;
		while (write != null && !(write.goesOnWhenLanded() && write.isHeld())) {
			write = write.next;
		}
		if (write == null) {
			return false;
		}
		if (!this.lineEnd.dismissIfClosing(write)) {
			giveUpWaiting(write);
		}
		return true;
	}

	/**
	 * The sender of a write gives up. Settles the write, or has its sender go on though
	 * it stays in line; if it is in flight, the writer does so after its call.
	 */
	void expire(Write write) {
		this.lock.lock();
		try {
			if (write.isHeld()) {
				write.expired(true);
				if (!write.isInFlight()) {
					giveUpWaiting(write);
				}
			}
		}
		catch (RuntimeException | Error ex) {
			// Its sender goes on with this, and nobody may read its bytes any more.
			this.lineEnd.end(WriteEnd.FAILED);
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void giveUpWaiting(Write write) {
		if (!this.admission.release(write)) {
			giveUp(write);
		}
	}

	/** Takes a write back while nothing of its packet is out; returns whether it did. */
	boolean withdraw(Write write) {
		this.lock.lock();
		try {
			if (write.isSettled() || write.isInFlight() || write.bytesOut() > 0) {
				return false;
			}
			giveUp(write);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void giveUp(Write write) {
		this.lineEnd.remove(write);
		if (write.remaining() == 0) {
			write.settle(WriteOutcome.Written.INSTANCE);
		}
		else {
			this.admission.gaveUp(write, this);
		}
	}

	/** Lets other writes follow a part of a packet. */
	void mend() {
		this.lock.lock();
		try {
			this.admission.mend(this);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends every write there is and every write that comes. */
	void end(WriteEnd end) {
		this.lock.lock();
		try {
			this.lineEnd.end(end);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends every write, and has the writer do something behind what the wire has taken.
	 * @return whether the caller is now the writer
	 */
	boolean end(Runnable last) {
		this.lock.lock();
		try {
			this.lineEnd.endThen(last);
			return becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes no more writes, and has the writer do something when those in line are out,
	 * unless it is to close then.
	 * @return whether the caller is now the writer
	 */
	boolean seal(Runnable last) {
		this.lock.lock();
		try {
			this.lineEnd.sealThen(last);
			return becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes no more writes, and has the writer close when those in line are out. Ends the
	 * writes whose senders wait for room, as far as nothing of them is out; the others
	 * stay in line, and their senders go on.
	 * @return whether the caller is now the writer
	 */
	boolean close(Runnable last) {
		this.lock.lock();
		try {
			try {
				this.lineEnd.dismissHeld();
			}
			catch (RuntimeException | Error ex) {
				// There was no memory for a copy. It is closed all the same.
				this.lineEnd.end(WriteEnd.FAILED);
			}
			this.lineEnd.closeThen(last);
			return becomeWriter();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes all writes out of the line, and settles them. */
	void settleAll(WriteOutcome outcome) {
		for (Write write = this.writes.first(); write != null; write = this.writes.first()) {
			this.lineEnd.remove(write);
			write.settle(outcome);
		}
	}

	/** Has something done when a write is settled, or now if it is. Must be brief. */
	void whenSettled(Write write, Runnable action) {
		this.lock.lock();
		try {
			if (write.isSettled()) {
				action.run();
			}
			else {
				write.whenSettled(action);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Changes how much is queued. */
	void configure(Watermarks watermarks) {
		this.lock.lock();
		try {
			this.admission.configure(watermarks);
		}
		catch (RuntimeException | Error ex) {
			this.lineEnd.end(WriteEnd.FAILED);
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns the packets that got a place in line, whatever became of them. */
	PacketCount.Snapshot sent() {
		return this.sent.snapshot();
	}

	/** Returns what is not out though no sender waits for it. */
	PendingOutput pending() {
		this.lock.lock();
		try {
			return this.admission.pending();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The thread that receives has a packet. */
	void received(boolean moreAtHand) {
		this.cork.received(moreAtHand);
	}

	/** Returns how many bytes are out; it grows as long as the peer takes any. */
	long bytesOut() {
		this.lock.lock();
		try {
			return this.bytesOut;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What the writer has to do. */
	enum Task {

		/** Nothing; the caller is the writer no longer. */
		REST,

		/** Flush the wire and write what is in flight, which may be nothing. */
		WRITE,

		/** Do what is to be done {@link #takeLast last}. */
		END

	}

}
