package io.gentcp.spring.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.gentcp.PendingSend;
import io.gentcp.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * Where sends wait that the kernel does not take at once: on the calling thread if it is
 * virtual, otherwise on a virtual thread for which the calling thread waits.
 */
record SendWaits(Executor virtualThreads) {

	/** Waits for a packet, which has its own deadline. */
	SendResult await(PendingSend send) {
		return send.isDone() ? send.await() : await(send::await);
	}

	/**
	 * Runs what waits for a packet. An interrupt of the calling thread is passed on to
	 * whoever waits, and the packet's outcome is awaited all the same.
	 */
	SendResult await(Supplier<SendResult> wait) {
		if (Thread.currentThread().isVirtual()) {
			return wait.get();
		}
		Wait elsewhere = new Wait(wait);
		try {
			this.virtualThreads.execute(elsewhere);
		}
		catch (RejectedExecutionException ex) {
			// The packet is on its way, and nobody else would look after it.
			return wait.get();
		}
		return elsewhere.join();
	}

	/**
	 * One wait on another thread. Its lock keeps an interrupt from reaching what that
	 * thread does before or after.
	 */
	private static final class Wait implements Runnable {

		private final Supplier<SendResult> wait;

		private final CompletableFuture<SendResult> result = new CompletableFuture<>();

		private final ReentrantLock lock = new ReentrantLock();

		private @Nullable Thread waiting;

		private boolean interrupted;

		Wait(Supplier<SendResult> wait) {
			this.wait = wait;
		}

		@Override
		public void run() {
			begin();
			try {
				this.result.complete(this.wait.get());
			}
			catch (RuntimeException | Error ex) {
				this.result.completeExceptionally(ex);
			}
			finally {
				end();
			}
		}

		private void begin() {
			this.lock.lock();
			try {
				this.waiting = Thread.currentThread();
				interruptIfAsked();
			}
			finally {
				this.lock.unlock();
			}
		}

		private void end() {
			this.lock.lock();
			try {
				this.waiting = null;
				if (this.interrupted) {
					Thread.interrupted();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		private void interrupt() {
			this.lock.lock();
			try {
				this.interrupted = true;
				interruptIfAsked();
			}
			finally {
				this.lock.unlock();
			}
		}

		private void interruptIfAsked() {
			if (this.interrupted && this.waiting != null) {
				this.waiting.interrupt();
			}
		}

		/** Waits for the result, which an interrupt only brings closer. */
		SendResult join() {
			boolean interrupted = false;
			try {
				while (true) {
					try {
						return this.result.get();
					}
					catch (InterruptedException ex) {
						interrupted = true;
						interrupt();
					}
				}
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof RuntimeException cause) {
					throw cause;
				}
				throw new CompletionException(ex.getCause());
			}
			finally {
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
