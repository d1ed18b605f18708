package io.gentcp.transport;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The inet backend: what the kernel does not take is queued, and its sender goes on. Only
 * a write that finds something queued, and with which the queue reaches the high
 * watermark, holds its sender, until the low watermark. The first write that overflows
 * holds nobody, however large it is: so does Erlang's.
 */
final class DriverQueue implements Admission {

	private Watermarks watermarks;

	/** How many bytes are in line. */
	private long pending;

	/**
	 * The writes whose senders wait for room, and have lent their bytes; most connections
	 * never have any.
	 */
	private @Nullable Deque<Write> held;

	DriverQueue(Watermarks watermarks) {
		this.watermarks = watermarks;
	}

	@Override
	public boolean admits(Write write) {
		if (!fits(write.remaining())) {
			write.settle(new WriteOutcome.QueueFull(this.pending, this.watermarks.maxPending()));
			return false;
		}
		return true;
	}

	private boolean fits(int count) {
		long most = this.watermarks.maxPending();
		return most == 0 || this.pending + count <= most;
	}

	@Override
	public boolean holds(int count) {
		return this.pending > 0 && this.pending + count >= this.watermarks.high();
	}

	@Override
	public boolean goesFirst(Write write) {
		return false;
	}

	@Override
	public boolean holdsBack() {
		return false;
	}

	@Override
	public boolean takesAtOnce(int size) {
		return fits(size) && !holds(size);
	}

	@Override
	public boolean takesBehindHeld(int size) {
		return fits(size);
	}

	@Override
	public boolean isHigh() {
		return this.pending >= this.watermarks.high();
	}

	@Override
	public void added(int count) {
		this.pending += count;
	}

	@Override
	public void added(Write write) {
		boolean holds = holds(write.remaining());
		added(write.remaining());
		if (holds) {
			this.held = (this.held != null) ? this.held : new ArrayDeque<>();
			this.held.addLast(write);
		}
		else {
			write.release();
		}
	}

	@Override
	public void leaves(Write write) {
		if (write.isHeld()) {
			holdNoLonger(write);
		}
	}

	@Override
	public void left(int count) {
		this.pending -= count;
		releaseAtLow();
	}

	private void releaseAtLow() {
		if (this.held != null && this.pending <= this.watermarks.low()) {
			boolean unused = this.held.removeIf(DriverQueue::hasRoom);
		}
	}

	/** There is room, even for a sender that is giving up at this moment. */
	private static boolean hasRoom(Write write) {
		if (!write.isInFlight()) {
			write.expired(false);
		}
		return goesOn(write);
	}

	/**
	 * Has a sender go on, and its write stay in line. One that is in flight is somebody's
	 * to read, who comes by as soon as it has landed.
	 */
	private static boolean goesOn(Write write) {
		if (write.isInFlight()) {
			return false;
		}
		write.own();
		write.release();
		return true;
	}

	@Override
	public boolean release(Write write) {
		holdNoLonger(write);
		return goesOn(write);
	}

	private void holdNoLonger(Write write) {
		if (this.held != null) {
			this.held.remove(write);
		}
	}

	/** Only a write of which nothing is out is ever taken out of the line. */
	@Override
	public void gaveUp(Write write, SendQueue queue) {
		write.settle(new WriteOutcome.TimedOut(write.rest()));
	}

	@Override
	public void mend(SendQueue queue) {
		// A packet stays in line until all of it is out.
	}

	@Override
	public PendingOutput pending() {
		return new PendingOutput(this.pending, 0, 0);
	}

	@Override
	public void configure(Watermarks watermarks) {
		this.watermarks = watermarks;
		releaseAtLow();
	}

}
