package io.gentcp.transport;

import org.jspecify.annotations.Nullable;

/**
 * How the line of one connection ends. It is <em>sealed</em> when no write is taken any
 * more and those in line still go out; it has <em>ended</em> when none goes out. Then
 * every write is settled, those in flight by the writer after its call, and nobody gets
 * room any more.
 * <p>
 * All under the lock of the {@link SendQueue}, but {@link #how}.
 */
final class LineEnd {

	private final WriteList writes;

	private final Admission admission;

	/** How every write ends, in line or not: the connection is closed or broken. */
	private volatile @Nullable WriteEnd end;

	private boolean sealed;

	/** Whether the last thing to be done closes the connection: nothing replaces that. */
	private boolean closing;

	/** What the writer does when everything is out, once. */
	private @Nullable Runnable last;

	LineEnd(WriteList writes, Admission admission) {
		this.writes = writes;
		this.admission = admission;
	}

	/** Returns how every write ends, or null if they go out. Any thread may ask. */
	@Nullable WriteEnd how() {
		return this.end;
	}

	/** Returns how a write ends that comes now, or null if it is taken. */
	@Nullable WriteEnd ofNewWrite() {
		WriteEnd end = this.end;
		return (end == null && this.sealed) ? WriteEnd.CLOSED : end;
	}

	/** Returns whether everything that is left is to go out, and then something else. */
	boolean hasLast() {
		return this.last != null;
	}

	/** Hands over what is to be done now that everything is out. */
	Runnable takeLast() {
		Runnable last = this.last;
		this.last = null;
		return (last != null) ? last : () -> {
		};
	}

	/** Has the writer do something in the end, unless something else is to be done. */
	void lastUnlessOther(Runnable last) {
		if (this.last == null) {
			this.last = last;
		}
	}

	/** The wire has failed: writes in flight are settled by {@link #settle}. */
	void failed(WriteEnd end) {
		if (this.end == null) {
			this.end = end;
		}
	}

	/**
	 * Ends it. Whatever ended it before: what this side closes is closed.
	 */
	void end(WriteEnd end) {
		if (this.end == null || end == WriteEnd.CLOSED) {
			this.end = end;
		}
		settle();
	}

	/** Ends it, and has the writer do something behind what the wire has taken. */
	void endThen(Runnable last) {
		end(WriteEnd.CLOSED);
		this.last = last;
	}

	/**
	 * Seals it, and has the writer do something when the writes in line are out, unless
	 * it is to close then.
	 */
	void sealThen(Runnable last) {
		if (!this.closing) {
			seal(last);
		}
	}

	/** Seals it, and has the writer close when the writes in line are out. */
	void closeThen(Runnable last) {
		this.closing = true;
		seal(last);
	}

	private void seal(Runnable last) {
		this.sealed = true;
		this.last = last;
		if (this.end != null) {
			end(WriteEnd.CLOSED);
		}
	}

	/**
	 * Ends the writes whose senders wait for room, as far as nothing of them is out. The
	 * others stay in line, and their senders go on.
	 */
	void dismissHeld() {
		// All at once: what leaves would make room for the next, and it would stay.
		int dismissed = 0;
		Write write = this.writes.first();
		while (write != null) {
			Write next = write.next;
			if (write.isHeld() && write.isInFlight()) {
				write.dismissed();
			}
			else if (write.isHeld()) {
				dismissed += dismiss(write);
			}
			write = next;
		}
		left(dismissed);
	}

	/** Returns the number of bytes that have left the line. */
	private int dismiss(Write write) {
		// There may have been room for it in the meantime: its sender has gone on.
		boolean stays = !write.isHeld() || (write.bytesOut() > 0 && this.admission.release(write));
		if (stays) {
			return 0;
		}
		this.writes.remove(write);
		this.admission.leaves(write);
		int left = write.remaining();
		write.settle(WriteEnd.CLOSED.of(write));
		return left;
	}

	/**
	 * Settles a write that was in flight when its sender gave up, if the line is being
	 * closed.
	 * @return whether it is
	 */
	boolean dismissIfClosing(Write write) {
		if (this.closing) {
			left(dismiss(write));
		}
		return this.closing;
	}

	/** If it has ended, settles all writes but those in flight. */
	void settle() {
		WriteEnd end = this.end;
		if (end == null) {
			return;
		}
		Write write = this.writes.first();
		while (write != null) {
			Write next = write.next;
			if (!write.isInFlight()) {
				remove(write);
				write.settle(end.of(write));
			}
			write = next;
		}
	}

	/** Takes a write out of the line, with what of it is not out. */
	void remove(Write write) {
		this.writes.remove(write);
		this.admission.leaves(write);
		left(write.remaining());
	}

	/** Bytes have left the line; after the end that makes no room for anybody. */
	void left(int count) {
		if (this.end == null) {
			try {
				this.admission.left(count);
			}
			catch (RuntimeException | Error ex) {
				// Whoever goes on with this leaves no copy: nobody may read its bytes.
				end(WriteEnd.FAILED);
				throw ex;
			}
		}
	}

}
