package io.gentcp.transport;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Function;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The poller reads while a thread waits, and at no other time; nothing is lost. */
@Timeout(60)
class StandInTests {

	private final StandIn standIn = new StandIn(new BufferPool(2), new Spares<>(2),
			(target) -> this.wire.apply(target));

	private volatile Function<ByteBuffer, ReadOutcome> wire = (target) -> ReadOutcome.Nothing.INSTANCE;

	/** What the wire gives next: each byte is one more than the one before. */
	private byte next;

	private boolean read(Function<ByteBuffer, ReadOutcome> wire) {
		this.wire = wire;
		return this.standIn.read();
	}

	private ReadOutcome give(ByteBuffer target, int count) {
		for (int i = 0; i < count; i++) {
			target.put(this.next++);
		}
		return (count > 0) ? ReadOutcome.Bytes.INSTANCE : ReadOutcome.Nothing.INSTANCE;
	}

	@Test
	void itDoesNotReadUnlessAThreadWaits() {
		assertThat(read((target) -> give(target, 1))).isFalse();
		this.standIn.begin();
		assertThat(this.standIn.end()).isFalse();
		assertThat(read((target) -> give(target, 1))).isFalse();
		assertThat(this.standIn.isEmpty()).isTrue();
		assertThat(this.next).isZero();
	}

	@Test
	void whatItReadIsTakenAsFarAsThereIsRoom() {
		this.standIn.begin();
		assertThat(read((target) -> give(target, 5))).isTrue();
		assertThat(this.standIn.getAsBoolean()).isTrue();
		assertThat(this.standIn.end()).isTrue();

		ByteBuffer small = ByteBuffer.allocate(3);
		assertThat(this.standIn.take(small)).isEqualTo(ReadOutcome.Bytes.INSTANCE);
		assertThat(small.position()).isEqualTo(3);
		assertThat(small.array()).containsExactly(0, 1, 2);
		assertThat(this.standIn.isEmpty()).isFalse();
		ByteBuffer large = ByteBuffer.allocate(3);
		assertThat(this.standIn.take(large)).isEqualTo(ReadOutcome.Bytes.INSTANCE);
		assertThat(large.position()).isEqualTo(2);
		assertThat(large.array()).containsExactly(3, 4, 0);
		assertThat(this.standIn.isEmpty()).isTrue();
		assertThat(this.standIn.take(large)).isNull();
	}

	@Test
	void theEndOfTheStreamIsKeptToo() {
		this.standIn.begin();
		assertThat(read((target) -> ReadOutcome.Ended.INSTANCE)).isTrue();
		assertThat(this.standIn.end()).isTrue();
		assertThat(this.standIn.take(ByteBuffer.allocate(1))).isEqualTo(ReadOutcome.Ended.INSTANCE);
	}

	@Test
	void whenNothingIsThereTheThreadWaitsOn() {
		this.standIn.begin();
		assertThat(read((target) -> give(target, 0))).isTrue();
		assertThat(this.standIn.getAsBoolean()).isFalse();
		assertThat(read((target) -> give(target, 1))).isTrue();
		assertThat(this.standIn.end()).isTrue();
	}

	/**
	 * A thread waits, gives up at whatever moment, and reads by itself in between, while
	 * the poller keeps hearing of bytes: each comes once, and in order.
	 */
	@Test
	void betweenThePollerAndTheThreadEachByteComesOnceAndInOrder() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		try (ExecutorService poller = Executors.newSingleThreadExecutor()) {
			Future<?> reading = poller.submit(() -> {
				Random random = new Random(1);
				while (!over.get()) {
					var unused = read((target) -> give(target, random.nextInt(4)));
				}
			});
			try {
				receive(200_000);
			}
			finally {
				over.set(true);
			}
			reading.get(20, TimeUnit.SECONDS);
		}
	}

	private void receive(int bytes) {
		Random random = new Random(2);
		ByteBuffer target = ByteBuffer.allocate(8);
		byte expected = 0;
		int received = 0;
		while (received < bytes) {
			this.standIn.begin();
			for (int looks = random.nextInt(50); looks > 0 && !this.standIn.getAsBoolean(); looks--) {
				Thread.onSpinWait();
			}
			boolean read = this.standIn.end();
			assertThat(read).isEqualTo(!this.standIn.isEmpty());
			while (!this.standIn.isEmpty()) {
				ReadOutcome outcome = this.standIn.take(target.clear().limit(1 + random.nextInt(8)));
				assertThat(outcome).isEqualTo(ReadOutcome.Bytes.INSTANCE);
				assertThat(target.position()).isPositive();
				received += check(target.flip(), expected);
				expected += (byte) target.limit();
			}
			int count = random.nextInt(3);
			assertThat(give(target.clear(), count)).isNotNull();
			received += check(target.flip(), expected);
			expected += (byte) target.limit();
		}
	}

	private static int check(ByteBuffer bytes, byte first) {
		byte expected = first;
		while (bytes.hasRemaining()) {
			if (bytes.get() != expected++) {
				throw new AssertionError(
						"byte %d came in place of %d".formatted(bytes.get(bytes.position() - 1), --expected));
			}
		}
		return bytes.limit();
	}

}
