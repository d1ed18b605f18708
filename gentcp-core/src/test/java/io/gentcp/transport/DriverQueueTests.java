package io.gentcp.transport;

import java.nio.ByteBuffer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose sender waits: gen_tcp's watermarks, to the byte. */
class DriverQueueTests {

	private final DriverQueue queue = new DriverQueue(new Watermarks(100, 40, 0));

	@Test
	void theFirstWriteNeverWaits() {
		assertThat(added(1_000).isHeld()).isFalse();
	}

	@Test
	void belowTheHighWatermarkNoWriteWaits() {
		assertThat(added(1).isHeld()).isFalse();
		assertThat(added(98).isHeld()).isFalse();
	}

	@Test
	void atTheHighWatermarkAWriteWaits() {
		assertThat(added(1).isHeld()).isFalse();
		assertThat(added(99).isHeld()).isTrue();
	}

	@Test
	void onlyAtTheLowWatermarkItWaitsNoLonger() {
		added(1);
		Write waiting = added(200);
		Write behind = added(1);
		this.queue.left(161);
		assertThat(waiting.isHeld()).isTrue();
		assertThat(behind.isHeld()).isTrue();
		this.queue.left(1);
		assertThat(waiting.isHeld()).isFalse();
		assertThat(behind.isHeld()).isFalse();
	}

	@Test
	void afterATimeoutTheNextWriteWaitsAgain() {
		added(1);
		Write waiting = added(200);
		assertThat(this.queue.release(waiting)).isTrue();
		assertThat(waiting.isHeld()).isFalse();
		assertThat(added(1).isHeld()).isTrue();
	}

	@Test
	void whenAllIsOutTheNextWriteIsTheFirstAgain() {
		added(1_000);
		this.queue.left(1_000);
		assertThat(added(1_000).isHeld()).isFalse();
	}

	@Test
	void aWriteIsAdmittedUpToTheBoundAndNoFurther() {
		this.queue.configure(new Watermarks(100, 40, 50));
		added(20);
		assertThat(this.queue.admits(write(30))).isTrue();
		Write tooLarge = write(31);
		assertThat(this.queue.admits(tooLarge)).isFalse();
		assertThat(tooLarge.outcome()).isEqualTo(new WriteOutcome.QueueFull(20, 50));
	}

	@Test
	void aLowWatermarkThatIsRaisedReleasesWhoWaits() {
		added(1);
		Write waiting = added(200);
		this.queue.configure(new Watermarks(300, 200, 0));
		assertThat(waiting.isHeld()).isTrue();
		this.queue.configure(new Watermarks(300, 201, 0));
		assertThat(waiting.isHeld()).isFalse();
	}

	@CanIgnoreReturnValue
	private Write added(int size) {
		Write write = write(size);
		this.queue.added(write);
		return write;
	}

	private static Write write(int size) {
		return Write.ofStream(ByteBuffer.allocate(size));
	}

}
