package io.gentcp.transport;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** One thread at a time has one of them, and no more are kept than there are places. */
@Timeout(60)
class SparesTests {

	private static final int ROUNDS = 200_000;

	@Test
	void whatWasPutBackLastIsTakenFirst() {
		Spares<String> spares = new Spares<>(3);
		assertThat(spares.take()).isNull();
		spares.put("a");
		spares.put("b");
		assertThat(spares.take()).isEqualTo("b");
		assertThat(spares.take()).isEqualTo("a");
		assertThat(spares.take()).isNull();
	}

	@Test
	void noMoreAreKeptThanThereArePlaces() {
		Spares<String> spares = new Spares<>(2);
		spares.put("a");
		spares.put("b");
		spares.put("c");
		assertThat(spares.take()).isEqualTo("b");
		assertThat(spares.take()).isEqualTo("a");
		assertThat(spares.take()).isNull();
	}

	@Test
	void threadsNeverHaveTheSameOneAndFindMostOfThem() throws Exception {
		Spares<AtomicBoolean> spares = new Spares<>(16);
		AtomicInteger made = new AtomicInteger();
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (Future<?> thread : IntStream.range(0, 4)
				.mapToObj((i) -> threads.submit(() -> takeAndPut(spares, made)))
				.toList()) {
				thread.get(50, TimeUnit.SECONDS);
			}
		}
		assertThat(made).hasValueLessThan(4 * ROUNDS / 10);
		Set<AtomicBoolean> kept = Collections.newSetFromMap(new IdentityHashMap<>());
		AtomicBoolean spare = spares.take();
		while (spare != null) {
			assertThat(kept.add(spare)).as("is there once").isTrue();
			spare = spares.take();
		}
		assertThat(kept).hasSizeLessThanOrEqualTo(16);
	}

	private static void takeAndPut(Spares<AtomicBoolean> spares, AtomicInteger made) {
		AtomicBoolean[] mine = new AtomicBoolean[3];
		for (int i = 0; i < ROUNDS; i++) {
			int at = i % mine.length;
			if (mine[at] != null) {
				assertThat(mine[at].getAndSet(false)).isTrue();
				spares.put(mine[at]);
			}
			AtomicBoolean spare = spares.take();
			if (spare == null) {
				made.incrementAndGet();
				spare = new AtomicBoolean();
			}
			assertThat(spare.getAndSet(true)).as("somebody has it").isFalse();
			mine[at] = spare;
		}
	}

}
