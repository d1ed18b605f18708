package io.gentcp.transport;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Senders that wait for room, whatever comes between: a close, a shutdown, their own
 * deadline, the end of the memory, and their next packet.
 */
class HeldWritesTests {

	private static final int EVERYTHING = 1 << 20;

	private final WritePool pool = new WritePool();

	private final SendQueue queue = inet();

	private boolean outOfMemory;

	@Test
	void aWriteThatIsUsedAgainOnAnotherConnectionIsNotReleasedByTheFirst() {
		add(stream(1_000));
		Write finished = packet(200);
		add(finished);
		add(stream(500));
		fly(this.queue);
		wrote(1_200);
		assertThat(finished.outcome()).isEqualTo(new WriteOutcome.Written());
		this.pool.giveBack(finished);
		// Its next packet, on a connection of the socket backend.
		SendQueue other = new SendQueue(new TornPacket(false), new Batches(new BufferPool(1)), new Cork(false),
				new Company());
		Write again = packet(3_000);
		assertThat(again).isSameAs(finished);
		assertThat(other.add(again)).isTrue();
		fly(this.queue);
		wrote(500);
		assertThat(again.isHeld()).as("its sender waits until all of it is out").isTrue();
	}

	@Test
	void whatIsFinishedIsNotKept() {
		List<WeakReference<Write>> finished = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			add(stream(1_000));
			Write waiting = stream(200);
			add(waiting);
			finished.add(new WeakReference<>(waiting));
			fly(this.queue);
			wrote(1_200);
			assertThat(this.queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.REST);
		}
		await().until(() -> {
			System.gc();
			return finished.stream().limit(9).allMatch((write) -> write.get() == null);
		});
	}

	@Test
	void theSenderOfADismissedWriteMayUseItAgainAtOnce() {
		Write first = stream(1_000);
		add(first);
		Write waiting = packet(200);
		add(waiting);
		fly(this.queue);
		wrote(970);
		// In its own thread, as soon as it is told.
		waiting.whenSettled(() -> this.pool.giveBack(waiting));
		// Not in flight now: it is dismissed at once.
		boolean unused = this.queue.close(() -> {
		});
		assertThat(waiting.outcome()).isEqualTo(new WriteOutcome.Closed(0));
		assertThat(this.queue.pending().queued()).isEqualTo(30);
	}

	@Test
	void aDismissedWriteThatIsUsedAgainIsCountedAsItWas() {
		add(stream(1_000));
		Write waiting = packet(200);
		add(waiting);
		List<Write> next = new ArrayList<>();
		waiting.whenSettled(() -> {
			this.pool.giveBack(waiting);
			next.add(packet(7));
		});
		boolean unused = this.queue.close(() -> {
		});
		assertThat(next).containsExactly(waiting);
		assertThat(this.queue.pending().queued()).isEqualTo(1_000);
	}

	@Test
	void whoFindsRoomAfterCloseHasNotTimedOut() {
		add(stream(1_000));
		Write waiting = stream(20);
		this.queue.configure(new Watermarks(100, 40, 0));
		add(waiting);
		fly(this.queue);
		assertThat(waiting.isHeld()).isTrue();
		boolean unused = this.queue.close(() -> {
		});
		wrote(1_005);
		assertThat(waiting.isHeld()).isFalse();
		assertThat(waiting.outcome()).isNull();
		assertThat(waiting.isExpired()).as("Writer.await says StillQueued").isFalse();
	}

	/** With nothing of it out, and with a part. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 50 })
	void aTimeoutInFlightAfterShutdownLeavesThePacketInLine(int out) {
		add(stream(1_000));
		Write waiting = stream(200);
		add(waiting);
		fly(this.queue);
		boolean unused = this.queue.seal(() -> {
		});
		this.queue.expire(waiting);
		wrote(1_000 + out);
		assertThat(waiting.isHeld()).isFalse();
		assertThat(waiting.outcome()).as("it stays in line").isNull();
		assertThat(waiting.isExpired()).as("Writer.await says Queued").isTrue();
	}

	@Test
	void aSenderWhoseCopyFailsAtTheTimeoutLeavesNoLentBytesInLine() {
		add(stream(1_000));
		byte[] lent = new byte[196];
		Arrays.fill(lent, (byte) 'x');
		Write waiting = packet(lent);
		add(waiting);
		this.outOfMemory = true;
		assertThatThrownBy(() -> this.queue.expire(waiting)).isInstanceOf(OutOfMemoryError.class);
		this.outOfMemory = false;
		// send has thrown, and the array is its owner's.
		Arrays.fill(lent, (byte) 'y');
		if (!waiting.isSettled()) {
			assertThat(this.queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.WRITE);
			ByteBuffer wire = ByteBuffer.allocate(EVERYTHING);
			this.queue.flight().copyTo(wire);
			assertThat(new String(wire.array(), 1_000, wire.position() - 1_000, StandardCharsets.ISO_8859_1))
				.doesNotContain("y");
		}
	}

	@Test
	void whatIsWithdrawnIsNotCopiedFirst() {
		Write first = stream(1_000);
		add(first);
		Write waiting = packet(200);
		add(waiting);
		fly(this.queue);
		wrote(970);
		this.outOfMemory = true;
		try {
			assertThat(this.queue.withdraw(waiting)).isTrue();
		}
		catch (OutOfMemoryError ex) {
			assertThat(waiting.isSettled()).as("out of the line, so nobody else settles it").isTrue();
		}
	}

	@Test
	void aWriteGivenBackKeepsNoCopy() {
		Write write = packet(1_000_000);
		write.own();
		assertThat(write.isLent()).isFalse();
		write.settle(WriteOutcome.Written.INSTANCE);
		this.pool.giveBack(write);
		assertThat(write.isLent()).isTrue();
	}

	@Test
	void aCloseWithoutMemoryForACopyTellsWhoWaits() {
		add(stream(1_000));
		Write waiting = packet(200);
		add(waiting);
		Write behind = stream(200);
		add(behind);
		fly(this.queue);
		wrote(1_050);
		this.outOfMemory = true;
		List<String> done = new ArrayList<>();
		assertThat(this.queue.close(() -> done.add("closed"))).isFalse();
		assertThat(waiting.isSettled()).isTrue();
		assertThat(behind.isSettled()).isTrue();
		assertThat(this.queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.END);
		this.queue.takeLast().run();
		assertThat(done).containsExactly("closed");
	}

	@Test
	void aRestThatIsResumedAgainHasNotExpired() {
		SendQueue socket = new SendQueue(new TornPacket(false), new Batches(new BufferPool(1)), new Cork(false),
				new Company());
		Write torn = packet(1_000);
		Write resumed = stream(1_000);
		assertThat(socket.add(torn)).isTrue();
		assertThat(socket.add(resumed)).isFalse();
		fly(socket);
		socket.expire(torn);
		socket.expire(resumed);
		socket.wrote(10, true, false, null);
		assertThat(resumed.outcome()).isInstanceOf(WriteOutcome.Refused.class);
		socket.mend();
		assertThat(socket.add(resumed)).isFalse();
		fly(socket);
		socket.wrote(10, true, false, null);
		assertThat(resumed.isSettled()).as("its new deadline has not passed").isFalse();
	}

	@Test
	void whoIsDoneIsWokenThoughAnotherThrows() throws InterruptedException {
		Write done = stream(1_000);
		Write queued = stream(200);
		add(done);
		add(queued);
		Thread waiter = new Thread(() -> {
			while (!done.isSettled()) {
				LockSupport.park();
			}
		});
		done.waiter(waiter);
		waiter.setDaemon(true);
		waiter.start();
		await().until(() -> waiter.getState() == Thread.State.WAITING);
		queued.whenSettled(() -> {
			throw new OutOfMemoryError("no thread");
		});
		fly(this.queue);
		assertThatThrownBy(() -> wrote(1_200)).isInstanceOf(OutOfMemoryError.class);
		await().until(() -> !waiter.isAlive());
	}

	private void add(Write write) {
		assertThat(this.queue.addLent(write)).isIn(Offer.WRITE, Offer.TAKEN_ALONG);
	}

	private static void fly(SendQueue queue) {
		assertThat(queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.WRITE);
	}

	private void wrote(int count) {
		this.queue.wrote(count, true, false, null);
	}

	private static SendQueue inet() {
		return new SendQueue(new DriverQueue(new Watermarks(100, 40, 0)), new Batches(new BufferPool(1)),
				new Cork(false), new Company());
	}

	private static Write stream(int size) {
		return Write.ofStream(ByteBuffer.wrap(new byte[size]));
	}

	/** A packet of so many bytes, its header included. */
	private Write packet(int size) {
		return packet(new byte[size - 4]);
	}

	private Write packet(byte[] body) {
		return this.pool.borrow(new LengthInFront(this::checkMemory), body, 0, body.length, true);
	}

	private void checkMemory() {
		if (this.outOfMemory) {
			throw new OutOfMemoryError("no room for the copy");
		}
	}

}
