package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who waits for room lends its bytes, and has them back when it goes on: the inet
 * backend's queue, a step at a time.
 */
class LentBytesTests {

	private static final int EVERYTHING = 1 << 20;

	private final SendQueue queue = new SendQueue(new DriverQueue(new Watermarks(100, 40, 0)),
			new Batches(new BufferPool(1)), new Cork(false), new Company());

	private final Write first = write(new byte[1_000]);

	private final byte[] lent = new byte[200];

	private final Write waiting = write(this.lent);

	@BeforeEach
	void oneWriteIsQueuedAndOneWaitsForRoom() {
		Arrays.fill(this.lent, (byte) 'x');
		assertThat(this.queue.addLent(this.first)).isEqualTo(Offer.WRITE);
		assertThat(this.queue.addLent(this.waiting)).isEqualTo(Offer.TAKEN_ALONG);
		assertThat(this.waiting.isHeld()).isTrue();
	}

	@Test
	void aWriteThatNeedNotWaitIsToBeCopiedFirst() {
		this.queue.configure(new Watermarks(5_000, 40, 0));
		assertThat(this.queue.addLent(write(new byte[10]))).isEqualTo(Offer.DECLINED);
	}

	@Test
	void atTheLowWatermarkTheyAreCopied() {
		fly();
		wrote(1_160);
		assertGoesOnWithItsOwn(40);
	}

	@Test
	void aWriteThatIsOutWholeWasNeverCopied() {
		fly();
		wrote(1_200);
		assertThat(this.waiting.outcome()).isEqualTo(new WriteOutcome.Written());
	}

	@Test
	void atTheTimeoutTheyAreCopied() {
		this.queue.expire(this.waiting);
		assertThat(this.waiting.isExpired()).isTrue();
		assertGoesOnWithItsOwn(200);
	}

	@Test
	void whileTheyAreInFlightTheSenderStaysUntilTheyHaveLanded() {
		fly();
		this.queue.expire(this.waiting);
		assertThat(this.waiting.isHeld()).isTrue();
		wrote(1_050);
		assertThat(this.waiting.isExpired()).isTrue();
		assertGoesOnWithItsOwn(150);
	}

	@Test
	void roomThatSomebodyElseMakesIsForThoseInFlightWhenTheyHaveLanded() {
		Write other = write(new byte[300]);
		assertThat(this.queue.addLent(other)).isEqualTo(Offer.TAKEN_ALONG);
		assertThat(this.queue.next(1_100)).isEqualTo(SendQueue.Task.WRITE);
		assertThat(this.waiting.isInFlight()).isTrue();
		this.queue.configure(new Watermarks(2_000, 1_500, 0));
		assertThat(this.waiting.isHeld()).isTrue();
		assertThat(other.isHeld()).isFalse();
		wrote(1_100);
		assertGoesOnWithItsOwn(100);
	}

	@Test
	void roomThatComesWhileTheSenderGivesUpIsNoTimeout() {
		fly();
		this.queue.expire(this.waiting);
		wrote(1_160);
		assertThat(this.waiting.isExpired()).isFalse();
		assertGoesOnWithItsOwn(40);
	}

	@Test
	void whoIsClosedWhileThereIsRoomHasNotTimedOut() {
		fly();
		assertThat(this.queue.close(() -> {
		})).isFalse();
		wrote(1_160);
		assertThat(this.waiting.isExpired()).isFalse();
		assertGoesOnWithItsOwn(40);
	}

	@Test
	void aWriteThatLeavesTheLineIsItsSendersAgain() {
		assertThat(this.queue.withdraw(this.waiting)).isTrue();
		assertThat(this.waiting.outcome()).isInstanceOf(WriteOutcome.TimedOut.class);
		fly();
		wrote(1_000);
		assertThat(this.queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.REST);
	}

	private void fly() {
		assertThat(this.queue.next(EVERYTHING)).isEqualTo(SendQueue.Task.WRITE);
	}

	private void wrote(int count) {
		this.queue.wrote(count, true, false, null);
	}

	private void assertGoesOnWithItsOwn(int left) {
		assertThat(this.waiting.isHeld()).isFalse();
		assertThat(this.waiting.isSettled()).isFalse();
		Arrays.fill(this.lent, (byte) 'y');
		ByteBuffer copy = ByteBuffer.allocate(EVERYTHING);
		this.waiting.copyTo(copy);
		byte[] expected = new byte[left];
		Arrays.fill(expected, (byte) 'x');
		assertThat(Arrays.copyOf(copy.array(), copy.position())).isEqualTo(expected);
	}

	private static Write write(byte[] bytes) {
		return Write.ofStream(ByteBuffer.wrap(bytes));
	}

}
