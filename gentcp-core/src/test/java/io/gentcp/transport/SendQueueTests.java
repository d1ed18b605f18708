package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of writes in line while the connection is closed. */
class SendQueueTests {

	private final SendQueue queue = new SendQueue(new DriverQueue(new Watermarks(100, 40, 0)));

	private static Write write(int size) {
		return Write.ofPacket(ByteBuffer.allocate(4), ByteBuffer.allocate(size), ByteBuffer.allocate(0));
	}

	@Test
	void aWriteInFlightThatIsPartlyOutWhenItsSenderIsDismissedStaysInLine() {
		Write first = write(96);
		Write held = write(96);
		assertThat(this.queue.add(first)).isTrue();
		assertThat(this.queue.add(held)).isFalse();
		assertThat(held.isHeld()).isTrue();
		assertThat(this.queue.next(1_000)).isEqualTo(SendQueue.Task.WRITE);

		assertThat(this.queue.sealAndDismiss(() -> {
		})).isFalse();
		this.queue.wrote(150, true, null);

		assertThat(first.outcome()).isEqualTo(WriteOutcome.Written.INSTANCE);
		assertThat(held.isHeld()).as("its sender goes on").isFalse();
		assertThat(held.outcome()).as("it stays in line").isNull();
		Write late = write(1);
		assertThat(this.queue.add(late)).isFalse();
		assertThat(late.outcome()).isEqualTo(new WriteOutcome.Closed(0));
		assertThat(this.queue.next(1_000)).isEqualTo(SendQueue.Task.WRITE);
		this.queue.wrote(50, true, null);
		assertThat(held.outcome()).isEqualTo(WriteOutcome.Written.INSTANCE);
	}

}
