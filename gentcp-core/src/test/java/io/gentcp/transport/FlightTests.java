package io.gentcp.transport;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A large packet outside of the heap is written from where it is. */
class FlightTests {

	private static final int SIZE = 20_000;

	private final Flight flight = new Flight();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 4, 5, 3_000 })
	void whatIsLeftOfItIsGathered(int out) {
		Write write = packet(direct(), new byte[] { 9 });
		this.flight.begin(write, SIZE);
		this.flight.take(out);

		ByteBuffer all = ByteBuffer.allocate(SIZE + 5);
		write.copyTo(all);
		ByteBuffer gathered = ByteBuffer.allocate(SIZE + 5);
		for (ByteBuffer part : this.flight.gathered()) {
			gathered.put(part);
		}
		assertThat(gathered.flip()).isEqualTo(all.flip());
		assertThat(gathered.remaining()).isEqualTo(SIZE + 5 - out);
	}

	@Test
	void theKernelGetsTheBufferOfTheSender() {
		this.flight.begin(packet(direct(), new byte[0]), SIZE);
		assertThat(this.flight.gathered()[1].isDirect()).isTrue();
	}

	@Test
	void fewBytesAreCopied() {
		this.flight.begin(packet(direct(), new byte[0]), SIZE);
		this.flight.take(SIZE - 16_000);
		assertThat(this.flight.gathered()).isNull();
	}

	@Test
	void whatIsOnTheHeapIsCopied() {
		this.flight.begin(packet(ByteBuffer.wrap(new byte[SIZE]), new byte[0]), SIZE);
		assertThat(this.flight.gathered()).isNull();
	}

	@Test
	void whatGoesAlongWithOthersIsCopied() {
		Write first = packet(direct(), new byte[0]);
		first.next = packet(direct(), new byte[0]);
		this.flight.begin(first, 2 * SIZE);
		assertThat(this.flight.gathered()).isNull();
	}

	private static Write packet(ByteBuffer body, byte[] trailer) {
		return Write.ofPacket(ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }), body, ByteBuffer.wrap(trailer));
	}

	private static ByteBuffer direct() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE + 8);
		for (int i = 0; i < buffer.capacity(); i++) {
			buffer.put(i, (byte) i);
		}
		return buffer.position(5).limit(5 + SIZE);
	}

}
