package io.gentcp.spring.core;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A virtual thread per task, and a count of the tasks. */
final class VirtualThreads implements Executor {

	private final AtomicInteger tasks = new AtomicInteger();

	@Override
	public void execute(Runnable task) {
		this.tasks.incrementAndGet();
		Thread.ofVirtual().name("test-", this.tasks.get()).start(task);
	}

	int tasks() {
		return this.tasks.get();
	}

}
