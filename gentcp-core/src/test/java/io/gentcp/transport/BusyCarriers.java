package io.gentcp.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps every carrier busy, so that no other virtual thread runs until this is closed.
 */
public final class BusyCarriers implements AutoCloseable {

	private final List<Thread> hogs = new ArrayList<>();

	private volatile boolean over;

	public BusyCarriers() throws InterruptedException {
		int carriers = Runtime.getRuntime().availableProcessors();
		CountDownLatch running = new CountDownLatch(carriers);
		for (int i = 0; i < carriers; i++) {
			this.hogs.add(Thread.ofVirtual().start(() -> {
				running.countDown();
				while (!this.over) {
					Thread.onSpinWait();
				}
			}));
		}
		while (!running.await(10, TimeUnit.MILLISECONDS)) {
			wakeACarrier();
		}
	}

	/**
	 * The scheduler of JDK 21 now and then leaves a carrier asleep although a virtual
	 * thread is ready: the next one that another thread starts wakes it.
	 */
	private static void wakeACarrier() throws InterruptedException {
		Thread.ofPlatform().start(() -> Thread.startVirtualThread(() -> {
		})).join();
	}

	/** Returns whether they still are. */
	public boolean areBusy() {
		return this.hogs.stream().allMatch(Thread::isAlive);
	}

	@Override
	public void close() throws InterruptedException {
		this.over = true;
		for (Thread hog : this.hogs) {
			hog.join();
		}
	}

}
