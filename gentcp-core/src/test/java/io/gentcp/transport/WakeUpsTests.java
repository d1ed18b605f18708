package io.gentcp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.awaitility.Awaitility.await;

/** Who is taken down is woken, once. */
@Timeout(60)
class WakeUpsTests {

	private final WakeUps wakeUps = new WakeUps();

	@ParameterizedTest
	@CsvSource({ "1, false", "4, false", "5, false", "100, false", "100, true" })
	void everybodyIsWoken(int count, boolean virtual) throws InterruptedException {
		Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
		for (int round = 0; round < 3; round++) {
			AtomicBoolean open = new AtomicBoolean();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				threads.add(builder.start(() -> parkUntil(open)));
			}
			await().until(() -> threads.stream().allMatch((thread) -> thread.getState() == Thread.State.WAITING));

			open.set(true);
			threads.forEach(this.wakeUps::add);
			this.wakeUps.wakeAll();

			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	@Test
	void whoWasWokenIsForgotten() {
		AtomicBoolean open = new AtomicBoolean();
		Thread woken = Thread.ofPlatform().start(() -> parkUntil(open));
		await().until(() -> woken.getState() == Thread.State.WAITING);
		this.wakeUps.add(woken);
		this.wakeUps.add(null);
		this.wakeUps.wakeAll();
		await().until(() -> woken.getState() == Thread.State.WAITING);

		open.set(true);
		this.wakeUps.wakeAll();

		await().during(Duration.ofMillis(200)).until(woken::isAlive);
		LockSupport.unpark(woken);
		await().until(() -> !woken.isAlive());
	}

	private static void parkUntil(AtomicBoolean open) {
		while (!open.get()) {
			LockSupport.park(open);
		}
	}

}
