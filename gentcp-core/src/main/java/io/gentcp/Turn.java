package io.gentcp;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.gentcp.transport.Deadline;

/**
 * Lets one thread at a time receive or accept; the others wait for their turn, first
 * come, first served. Not a lock: it is held while its thread waits for the peer.
 */
final class Turn {

	private final Semaphore semaphore = new Semaphore(1, true);

	/**
	 * Waits for the turn; not on a poller, where it takes it or not.
	 * @return false if the deadline passed first, or the thread was interrupted, whose
	 * flag then is still set
	 */
	boolean take(Deadline deadline) {
		if (tryTake()) {
			return true;
		}
		try {
			return this.semaphore.tryAcquire(deadline.forThisThread().remainingNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Takes the turn if it is free and nobody waits for it. Whoever waits comes to look
	 * after it himself, even if he gives up waiting.
	 */
	boolean tryTake() {
		return !this.semaphore.hasQueuedThreads() && this.semaphore.tryAcquire();
	}

	void giveUp() {
		this.semaphore.release();
	}

}
