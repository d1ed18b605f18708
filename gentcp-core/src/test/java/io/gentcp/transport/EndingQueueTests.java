package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The inet backend's queue at its end, one step at a time: nobody is told a lie. */
class EndingQueueTests {

	private final SendQueue queue = new SendQueue(new DriverQueue(new Watermarks(100, 40, 0)),
			new Batches(new BufferPool(1)), new Cork(true), new Company());

	private final Write first = Write.ofPacket(ByteBuffer.allocate(4), ByteBuffer.allocate(96), ByteBuffer.allocate(0));

	private final Write second = Write.ofPacket(ByteBuffer.allocate(4), ByteBuffer.allocate(6), ByteBuffer.allocate(0));

	@BeforeEach
	void oneWriteIsQueuedAndOneWaitsForRoom() {
		assertThat(this.queue.add(this.first)).isTrue();
		assertThat(this.queue.add(this.second)).isFalse();
		assertThat(this.first.isHeld()).isFalse();
		assertThat(this.second.isHeld()).isTrue();
	}

	@Test
	void aWriteInFlightOfWhichNothingGotOutIsDismissed() {
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.WRITE);
		close();
		this.queue.wrote(50, true, true, null);
		assertThat(this.second.outcome()).isEqualTo(new WriteOutcome.Closed(0));
	}

	@Test
	void aWriteInFlightOfWhichAPartGotOutIsNotTorn() {
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.WRITE);
		close();
		this.queue.wrote(105, true, true, null);
		assertThat(this.second.isHeld()).isFalse();
		assertThat(this.second.isSettled()).isFalse();
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.WRITE);
		this.queue.wrote(5, true, true, null);
		assertThat(this.second.outcome()).isEqualTo(new WriteOutcome.Written());
	}

	@Test
	void aWriteForWhichThereWasRoomInTheMeantimeStaysInLine() {
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.WRITE);
		close();
		this.queue.wrote(100, true, true, null);
		assertThat(this.second.isHeld()).isFalse();
		assertThat(this.second.isSettled()).isFalse();
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.WRITE);
		this.queue.wrote(10, true, true, null);
		assertThat(this.second.outcome()).isEqualTo(new WriteOutcome.Written());
	}

	@Test
	void afterTheEndThereIsNoRoomForAnybody() {
		AtomicBoolean waited = new AtomicBoolean();
		this.queue.whenSettled(this.first, () -> waited.set(this.second.isHeld()));
		this.queue.end(WriteEnd.CLOSED);
		assertThat(waited).isTrue();
		assertThat(this.second.outcome()).isEqualTo(new WriteOutcome.Closed(0));
	}

	@Test
	void whatClosesIsNotReplacedByAnEndOfTheStream() {
		AtomicBoolean closed = new AtomicBoolean();
		assertThat(this.queue.close(() -> closed.set(true))).isFalse();
		assertThat(this.queue.seal(() -> {
		})).isFalse();
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.WRITE);
		this.queue.wrote(100, true, true, null);
		assertThat(this.queue.next(110)).isEqualTo(SendQueue.Task.END);
		this.queue.takeLast().run();
		assertThat(closed).isTrue();
	}

	/** While somebody else is the writer. */
	private void close() {
		assertThat(this.queue.close(() -> {
		})).isFalse();
	}

}
