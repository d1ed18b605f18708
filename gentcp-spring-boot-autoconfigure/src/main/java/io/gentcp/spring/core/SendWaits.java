package io.gentcp.spring.core;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.gentcp.GenTcp;
import io.gentcp.SendResult;

/**
 * Where sends wait that the kernel does not take at once: on the calling thread if it is
 * virtual, otherwise on a virtual thread for which the calling thread waits; a poller
 * waits for nothing.
 *
 * @param virtualThreads runs each task at once, on a thread of its own
 */
record SendWaits(Executor virtualThreads) {

	/**
	 * Runs what waits for a packet. An interrupt of the calling thread is passed on to
	 * whoever waits, and the packet's outcome is awaited all the same.
	 */
	SendResult await(Supplier<SendResult> wait) {
		if (Thread.currentThread().isVirtual() || !GenTcp.mayWait()) {
			return wait.get();
		}
		InterruptibleCall<SendResult> call = new InterruptibleCall<>(wait);
		FutureTask<SendResult> elsewhere = new FutureTask<>(call::run);
		try {
			this.virtualThreads.execute(elsewhere);
		}
		catch (RejectedExecutionException ex) {
			// The packet is on its way, and nobody else would look after it.
			return wait.get();
		}
		return await(elsewhere, call);
	}

	private static SendResult await(FutureTask<SendResult> elsewhere, InterruptibleCall<SendResult> call) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return elsewhere.get();
				}
				catch (InterruptedException ex) {
					// The outcome comes at once now, and is as exact as ever.
					interrupted = true;
					call.interrupt();
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
