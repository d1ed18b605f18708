package io.gentcp.spring.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.PendingSend;
import io.gentcp.transport.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A request's place in line for a reply. One thread waits for the reply, the thread of
 * the connection brings it; whoever ends the request first decides how it ended. Where it
 * is in line belongs to the lock of its {@link ReplyLine}.
 */
final class PendingReply {

	private final CompletableFuture<Reply> reply = new CompletableFuture<>();

	/** The request, from when it is in line until it is known to be out. */
	private volatile @Nullable PendingSend send;

	/** What the step of the line was, and how many replies had been late, before it. */
	private long stepBefore;

	private long lateBefore;

	/** Whether it has left the line, or will never be in it. */
	private boolean gone;

	/** The request is in line: from now on it can end with nothing of it out. */
	void begun(PendingSend send, long step, long late) {
		this.send = send;
		this.stepBefore = step;
		this.lateBefore = late;
	}

	long stepBefore() {
		return this.stepBefore;
	}

	long lateBefore() {
		return this.lateBefore;
	}

	/** The request is out, whole or in part, so it keeps its place. */
	void out() {
		this.send = null;
	}

	/**
	 * Returns whether nothing of the request is out and nothing will be, so that no reply
	 * can be meant for it. That is so before a later packet is out, so it is known when
	 * the reply to that one arrives.
	 */
	boolean nothingSent() {
		PendingSend send = this.send;
		return send != null && send.nothingSent();
	}

	/** Ends the request; returns false if it had ended before. */
	@CanIgnoreReturnValue
	boolean end(Reply reply) {
		return this.reply.complete(reply);
	}

	/** Waits for the end of the request, in vain if its thread is interrupted. */
	Reply await(Deadline deadline) {
		try {
			return this.reply.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// Never completed exceptionally.
			return Reply.GivenUp.INSTANCE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Reply.GivenUp.INSTANCE;
		}
	}

	/** Returns whether the request has ended. */
	boolean hasEnded() {
		return this.reply.isDone();
	}

	/** Returns how the request ended, which it has. */
	Reply ended() {
		return this.reply.join();
	}

	boolean isGone() {
		return this.gone;
	}

	void gone() {
		this.gone = true;
	}

}
