package io.gentcp.spring.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A virtual thread per task, and a count of the tasks. Tasks can be held back. */
final class VirtualThreads implements Executor {

	private final AtomicInteger tasks = new AtomicInteger();

	private volatile CountDownLatch gate = new CountDownLatch(0);

	@Override
	public void execute(Runnable task) {
		this.tasks.incrementAndGet();
		CountDownLatch gate = this.gate;
		Thread.ofVirtual().start(() -> {
			await(gate);
			task.run();
		});
	}

	private static void await(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	int tasks() {
		return this.tasks.get();
	}

	/** Lets tasks that come from now on wait for their {@link #release}. */
	void hold() {
		this.gate = new CountDownLatch(1);
	}

	void release() {
		this.gate.countDown();
	}

}
