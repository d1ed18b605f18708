package io.gentcp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Threads spin where it pays, and nowhere else for long. */
class SpinTests {

	private final Spinners spinners = new Spinners(Duration.ofNanos(1_000));

	@Test
	@EnabledIf("hasProcessors")
	void aPlaceWhereSpinningPaysSpinsAtEveryWait() {
		Spin spin = new Spin(this.spinners);
		for (int i = 0; i < 100; i++) {
			assertThat(spin.begin()).isTrue();
			spin.end(true);
		}
	}

	@Test
	@EnabledIf("hasProcessors")
	void inVainAPlaceSpinsEverMoreRarely() {
		Spin spin = new Spin(this.spinners);
		List<Integer> spins = new ArrayList<>();
		for (int wait = 0; wait < 3_000; wait++) {
			if (spin.begin()) {
				spin.end(false);
				spins.add(wait);
			}
		}
		assertThat(spins).startsWith(0, 1, 2, 4, 8, 16).hasSizeLessThan(16);
	}

	@Test
	@EnabledIf("hasProcessors")
	void afterASpinThatPaysItSpinsAgainAtOnce() {
		Spin spin = new Spin(this.spinners);
		for (int wait = 0; wait < 100; wait++) {
			if (spin.begin()) {
				spin.end(false);
			}
		}
		while (!spin.begin()) {
			// One of the waits to come.
		}
		spin.end(true);
		assertThat(spin.begin()).isTrue();
		spin.end(true);
	}

	@Test
	void noMoreThanHalfOfTheProcessorsSpin() {
		int half = Runtime.getRuntime().availableProcessors() / 2;
		for (int i = 0; i < half; i++) {
			assertThat(new Spin(this.spinners).begin()).isTrue();
		}
		assertThat(new Spin(this.spinners).begin()).isFalse();
	}

	@Test
	void aSpinOfNoTimeIsNone() {
		assertThat(new Spin(new Spinners(Duration.ZERO)).begin()).isFalse();
	}

	@Test
	void aSpinIsNoWait() {
		assertThatIllegalArgumentException().isThrownBy(() -> EngineOptions.defaults().spin(Duration.ofSeconds(1)))
			.withMessageContaining("spin is PT1S; it must be zero to 10 milliseconds");
		assertThatIllegalArgumentException().isThrownBy(() -> EngineOptions.defaults().spin(Duration.ofNanos(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> EngineOptions.defaults().pollers(0))
			.withMessageContaining("pollers is 0");
	}

	static boolean hasProcessors() {
		return Runtime.getRuntime().availableProcessors() > 1;
	}

}
