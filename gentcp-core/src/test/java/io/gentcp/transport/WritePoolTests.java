package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A write that is used again is like a new one. */
class WritePoolTests {

	private static final byte[] BODY = { 1, 2, 3, 4, 5 };

	private final WritePool writes = new WritePool();

	@ParameterizedTest
	@CsvSource({ "0, 7", "0, 3", "0, 100", "1, 6", "2, 2", "6, 1", "6, 9" })
	void whatIsNotTakenIsCopiedAsFarAsThereIsRoom(int taken, int room) {
		Write write = this.writes.borrow(new Framed(), BODY, 0, BODY.length, true);
		assertThat(write.size()).isEqualTo(7);
		write.take(taken);
		ByteBuffer target = ByteBuffer.allocate(room);
		write.copyTo(target);
		byte[] all = { 5, 1, 2, 3, 4, 5, -5 };
		assertThat(Arrays.copyOf(target.array(), target.position()))
			.isEqualTo(Arrays.copyOfRange(all, taken, Math.min(7, taken + room)));
	}

	@Test
	void theBodyMayBeAPartOfAnArray() {
		Write write = this.writes.borrow(new Framed(), BODY, 1, 3, true);
		assertThat(write.size()).isEqualTo(5);
		ByteBuffer target = ByteBuffer.allocate(5);
		write.copyTo(target);
		assertThat(target.array()).containsExactly(3, 2, 3, 4, -3);
	}

	@Test
	void aWriteThatWasGivenBackBeginsAnew() {
		Write write = this.writes.borrow(new Framed(), BODY, 0, BODY.length, true);
		write.take(3);
		write.copyTo(ByteBuffer.allocate(2));
		write.inFlight(true);
		write.expired(true);
		write.settle(new WriteOutcome.Closed(3));
		this.writes.giveBack(write);

		byte[] other = { 9 };
		assertThat(this.writes.borrow(new Framed(), other, 0, other.length, false)).isSameAs(write);
		assertThat(write.isHeld()).isTrue();
		assertThat(write.isInFlight()).isFalse();
		assertThat(write.isExpired()).isFalse();
		assertThat(write.isWhole()).isFalse();
		assertThat(write.bytesOut()).isZero();
		assertThat(write.size()).isEqualTo(3);
		write.take(1);
		ByteBuffer target = ByteBuffer.allocate(3);
		write.copyTo(target);
		assertThat(target.array()).containsExactly(9, -1, 0);
	}

	@Test
	void aRestHasItsOwnBytes() {
		byte[] body = BODY.clone();
		Write write = this.writes.borrow(new Framed(), body, 0, body.length, true);
		write.take(2);
		Write rest = write.rest();
		rest.copyFrom(write);
		this.writes.giveBack(write);
		Arrays.fill(body, (byte) 0);
		assertThat(rest.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] { 2, 3, 4, 5, -5 }));
		assertThat(rest.outBefore()).isEqualTo(2);
		assertThat(this.writes.borrow(new Framed(), body, 0, body.length, true)).isNotSameAs(rest);
	}

	@Test
	void otherWritesAreNotUsedAgain() {
		Write write = Write.ofStream(ByteBuffer.wrap(BODY));
		this.writes.giveBack(write);
		assertThat(this.writes.borrow(new Framed(), BODY, 0, BODY.length, true)).isNotSameAs(write);
	}

	/** The length in front of the body, and behind it once more, negative. */
	private static final class Framed implements ArrayPacking {

		@Override
		public int size(int bodySize) {
			return bodySize + 2;
		}

		@Override
		public int headerSize(int bodySize) {
			return 1;
		}

		@Override
		public void putHeader(int bodySize, ByteBuffer target) {
			target.put((byte) bodySize);
		}

		@Override
		public int trailerSize() {
			return 1;
		}

		@Override
		public void putTrailer(int bodySize, ByteBuffer target) {
			target.put((byte) -bodySize);
		}

		@Override
		public Write write(byte[] body) {
			throw new UnsupportedOperationException("it is used again");
		}

	}

}
