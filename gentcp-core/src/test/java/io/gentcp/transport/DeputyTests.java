package io.gentcp.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The deputy looks while there is something, and never together with the poller. */
@Timeout(60)
class DeputyTests {

	/** On a busy machine a carrier may come late; who is not to be recalled has time. */
	private static final Duration LONG = Duration.ofSeconds(20);

	private final List<Boolean> onVirtualThread = new ArrayList<>();

	private int looks;

	/** Finds something so many times, and then nothing. */
	private Deputy finding(int times, Duration patience) {
		return new Deputy("deputy", () -> {
			this.onVirtualThread.add(Thread.currentThread().isVirtual());
			return (this.looks++ < times) ? Deputy.Outcome.FOUND : Deputy.Outcome.NOTHING;
		}, patience);
	}

	@Test
	void itLooksUntilItHasFoundNothingTwice() {
		finding(5, LONG).send();
		assertThat(this.looks).isEqualTo(7);
		assertThat(this.onVirtualThread).hasSize(7).containsOnly(true);
	}

	/**
	 * Such as the one before leaves behind that was seen to be home before it said so.
	 */
	@Test
	void aSignThatComesFromElsewhereDoesNotRecallIt() {
		LockSupport.unpark(Thread.currentThread());
		finding(1, LONG).send();
		assertThat(this.looks).isEqualTo(3);
	}

	@Test
	void itEndsWhenThePollerIsNeeded() {
		new Deputy("deputy", () -> (++this.looks < 3) ? Deputy.Outcome.FOUND : Deputy.Outcome.OVER, LONG).send();
		assertThat(this.looks).isEqualTo(3);
	}

	@Test
	void itEndsWhenALookFails() {
		new Deputy("deputy", () -> {
			this.looks++;
			throw new IOException("no selector");
		}, LONG).send();
		assertThat(this.looks).isOne();
	}

	@Test
	void whereItFindsNothingItIsSentEverMoreSeldom() {
		Deputy deputy = finding(0, LONG);
		List<Integer> sent = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			int before = this.looks;
			deputy.send();
			if (this.looks > before) {
				sent.add(i);
			}
		}
		assertThat(sent).containsExactly(0, 2, 6, 14);
	}

	@Test
	void whereNoCarrierComesToItThePollerRecallsIt() throws Exception {
		try (BusyCarriers carriers = new BusyCarriers()) {
			finding(1, Deputy.PATIENCE).send();
			assertThat(this.looks).isZero();
			assertThat(carriers.areBusy()).isTrue();
		}
	}

	/**
	 * Carriers are busy by turns for longer than the poller waits: it recalls its deputy
	 * at whatever moment, and the deputy goes on at whatever moment.
	 */
	@Test
	void theyNeverLookTogetherAndSeeWhatTheOtherDid() throws Exception {
		AtomicBoolean together = new AtomicBoolean();
		AtomicBoolean looking = new AtomicBoolean();
		Deputy deputy = new Deputy("deputy", () -> look(looking, together), Deputy.PATIENCE);
		CompletableFuture<Void> over = new CompletableFuture<>();
		Thread hog = Thread.ofPlatform().start(() -> {
			while (!over.isDone()) {
				try (BusyCarriers carriers = new BusyCarriers()) {
					over.get(15, TimeUnit.MILLISECONDS);
				}
				catch (Exception ex) {
					// Once more.
				}
			}
		});
		int own = 0;
		for (long end = System.nanoTime() + Duration.ofSeconds(2).toNanos(); System.nanoTime() - end < 0; own++) {
			deputy.send();
			assertThat(look(looking, together)).isNotNull();
		}
		over.complete(null);
		hog.join();
		assertThat(together).isFalse();
		assertThat(this.looks).isGreaterThan(own);
	}

	private Deputy.Outcome look(AtomicBoolean looking, AtomicBoolean together) {
		if (!looking.compareAndSet(false, true)) {
			together.set(true);
		}
		int before = this.looks;
		Thread.onSpinWait();
		this.looks = before + 1;
		looking.set(false);
		return (this.looks % 50 == 0) ? Deputy.Outcome.OVER : Deputy.Outcome.FOUND;
	}

}
