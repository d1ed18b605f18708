package io.gentcp.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One platform thread that owns a {@link Selector} and tells the {@link Watch}es of its
 * channels when they are ready. It runs only what never blocks: waking a waiting thread,
 * and finishing what a sender left with its {@link SendQueue}. While many virtual threads
 * wait for many channels by turns, a {@link Deputy} looks in its place; what is to be
 * handled here, and not only told, is left to this thread even then. What belongs to the
 * thread belongs to the deputy meanwhile.
 * <p>
 * A selector on a virtual thread would hold its carrier, so pollers are platform threads.
 */
final class Poller implements AutoCloseable {

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int TICK_MILLIS = 1;

	private final Selector selector;

	private final Thread thread;

	private final Deputy deputy;

	private final Crowd crowd = new Crowd();

	/** What the selector runs for a key that is ready: always the same one. */
	private final Consumer<SelectionKey> action = this::ready;

	private final Spin spin;

	/** Where threads wait until the channels that they closed are let go of. */
	private final Queue<CountDownLatch> releases = new ConcurrentLinkedQueue<>();

	/** Who asks for ticks, not yet taken up. */
	private final Queue<Watch> asking = new ConcurrentLinkedQueue<>();

	/** Who gets ticks; belongs to the thread. */
	private final List<Watch> ticking = new ArrayList<>();

	private long nextTick;

	/** What a deputy has left to this thread; belongs to the thread. */
	private final Queue<Runnable> left = new ArrayDeque<>();

	/**
	 * Whether a connection whose event was handled here is watched for the next one.
	 * Threads that are only told spin themselves, and not all can. Belongs to the thread.
	 */
	private boolean handling;

	private volatile boolean closed;

	/** Whether the selector is closed, and so holds on to no channel. */
	private volatile boolean ended;

	/**
	 * Whether the thread is in {@code select}, or will enter it without looking again at
	 * what other threads asked for. It is set before {@code select} takes up the changes
	 * of interest, and read after a change was handed over: one of the two sees the
	 * other, so no change waits for an unrelated event.
	 */
	private volatile boolean selecting;

	Poller(String name, Spinners spinners) {
		this.spin = new Spin(spinners, this.crowd);
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot open a selector", ex);
		}
		this.deputy = new Deputy(name + "-deputy", this::lookAsDeputy, Deputy.PATIENCE);
		this.thread = new PollerThread(this::run, name);
		this.thread.start();
	}

	/** Registers a channel, with no interest yet. */
	SelectionKey register(SelectableChannel channel, Watch watch) throws ClosedChannelException {
		return channel.register(this.selector, 0, watch);
	}

	/** Returns whether it is busy with many connections. */
	Crowd crowd() {
		return this.crowd;
	}

	/** Has the thread take up a change of interest or a closed channel. */
	void wakeUp() {
		if (this.selecting && !isHere()) {
			this.selector.wakeup();
		}
	}

	/** Has the thread give ticks to a watch as long as it wants. */
	void tick(Watch watch) {
		this.asking.add(watch);
		wakeUp();
	}

	/**
	 * Waits until the thread has let go of channels closed before, so that the kernel has
	 * closed them too. That takes it no longer than what it is at. A poller does not
	 * wait, neither for itself nor for another one, which may be waiting for it.
	 */
	void awaitRelease() {
		if (isCurrentThread()) {
			wakeUp();
			return;
		}
		CountDownLatch release = new CountDownLatch(1);
		this.releases.add(release);
		wakeUp();
		boolean interrupted = false;
		while (!this.ended && release.getCount() > 0) {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Returns whether the calling thread is a poller of whatever engine. It must never
	 * wait: others wait for it.
	 */
	static boolean isCurrentThread() {
		return Thread.currentThread() instanceof PollerThread;
	}

	private void run() {
		while (!this.closed) {
			try {
				round();
			}
			catch (IOException ex) {
				// Not an event of a channel: the selector itself failed. Try again,
				// slowly.
				LockSupport.parkNanos(RETRY_NANOS);
			}
			finally {
				this.selecting = false;
			}
		}
	}

	private void round() throws IOException {
		tick();
		if (!this.releases.isEmpty()) {
			int unused = look();
		}
		else if (!this.handling || !this.spin.begin() || !spin()) {
			sleep();
		}
	}

	/** Whoever closed a channel before learns that the selector has let go of it. */
	private int look() throws IOException {
		CountDownLatch release = this.releases.poll();
		try {
			return this.selector.selectNow(this.action);
		}
		finally {
			if (release != null) {
				release.countDown();
			}
		}
	}

	private void sleep() throws IOException {
		this.selecting = true;
		this.handling = false;
		if (this.releases.isEmpty() && this.asking.isEmpty() && !this.closed) {
			int events = this.selector.select(this.action, this.ticking.isEmpty() ? 0 : TICK_MILLIS);
			this.spin.woke();
			if (events > 0 && !this.handling && this.crowd.isLarge()) {
				sendDeputy();
			}
		}
	}

	/** While it looks nobody needs to wake this, as while this thread works. */
	private void sendDeputy() {
		this.deputy.send();
		for (Runnable action = this.left.poll(); action != null; action = this.left.poll()) {
			action.run();
		}
	}

	private Deputy.Outcome lookAsDeputy() throws IOException {
		if (this.closed || !this.asking.isEmpty() || isTickDue()) {
			return Deputy.Outcome.OVER;
		}
		int events = look();
		if (!this.left.isEmpty()) {
			return Deputy.Outcome.OVER;
		}
		return (events > 0) ? Deputy.Outcome.FOUND : Deputy.Outcome.NOTHING;
	}

	private void tick() {
		for (Watch watch = this.asking.poll(); watch != null; watch = this.asking.poll()) {
			this.ticking.add(watch);
		}
		if (isTickDue()) {
			this.ticking.removeIf((watch) -> !watch.onTick());
			this.nextTick = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
		}
	}

	private boolean isTickDue() {
		return !this.ticking.isEmpty() && System.nanoTime() - this.nextTick >= 0;
	}

	/** Changes of interest are taken up by every look, so nobody has to wake this. */
	private boolean spin() throws IOException {
		boolean found = false;
		try {
			do {
				found = this.selector.selectNow(this.action) > 0;
			}
			while (!found && this.spin.goesOn());
			return found;
		}
		finally {
			this.spin.end(found);
		}
	}

	/** What follows is handled here. Only for the thread. */
	void handleNext() {
		this.handling = true;
	}

	/** Returns whether this is the poller's own thread, and not its deputy. */
	boolean isHere() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Has the poller's own thread run something as soon as it can. Only for its deputy.
	 */
	void leave(Runnable action) {
		this.left.add(action);
	}

	private void ready(SelectionKey key) {
		// While this thread works it needs no wake-up: it selects again afterwards.
		this.selecting = false;
		Watch watch = (Watch) key.attachment();
		this.crowd.meet(watch);
		watch.ready();
	}

	/**
	 * Ends the thread and waits for its end. Channels stay open; nobody watches them. Not
	 * for a poller.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.selector.wakeup();
		boolean interrupted = false;
		while (this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot close a selector", ex);
		}
		finally {
			this.ended = true;
			this.releases.forEach(CountDownLatch::countDown);
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** A thread that can be told from those of the application. */
	private static final class PollerThread extends Thread {

		PollerThread(Runnable run, String name) {
			super(run, name);
			setDaemon(true);
		}

	}

}
