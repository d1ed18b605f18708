package io.gentcp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Threads spin where it pays, and nowhere else for long. */
class SpinTests {

	private static final String ONE_PROCESSOR = "with one processor nobody spins";

	private final Spinners spinners = new Spinners(Duration.ofNanos(1_000));

	private final Crowd crowd = new Crowd();

	@Test
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void aPlaceWhereSpinningPaysSpinsAtEveryWait() {
		Spin spin = new Spin(this.spinners, this.crowd);
		for (int i = 0; i < 100; i++) {
			assertThat(spin.begin()).isTrue();
			spin.end(true);
		}
	}

	@Test
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void inVainAPlaceSpinsEverMoreRarely() {
		Spin spin = new Spin(this.spinners, this.crowd);
		List<Integer> spins = new ArrayList<>();
		for (int wait = 0; wait < 3_000; wait++) {
			if (spin.begin()) {
				spin.end(false);
				spins.add(wait);
			}
		}
		assertThat(spins).startsWith(0, 1, 2, 4, 8, 16, 32, 64, 96, 128);
	}

	@Test
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void afterASpinThatPaysItSpinsAgainAtOnce() {
		Spin spin = new Spin(this.spinners, this.crowd);
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
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void afterAShortSleepItSpinsAgainAtOnce() {
		Spin spin = new Spin(new Spinners(EngineOptions.LONGEST_SPIN), this.crowd);
		spinInVain(spin);
		assertThat(spin.begin()).as("sleeps").isFalse();
		spin.woke();
		assertThat(spin.begin()).isTrue();
		spin.end(false);
		assertThat(spin.begin()).as("the spin was in vain like those before").isFalse();
	}

	@Test
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void afterALongSleepItSleepsAgain() {
		Spin spin = new Spin(new Spinners(Duration.ofNanos(1)), this.crowd);
		spinInVain(spin);
		assertThat(spin.begin()).as("sleeps").isFalse();
		spin.woke();
		assertThat(spin.begin()).isFalse();
	}

	private static void spinInVain(Spin spin) {
		while (spin.begin()) {
			spin.end(false);
		}
		for (int wait = 0; wait < 100; wait++) {
			if (spin.begin()) {
				spin.end(false);
			}
		}
	}

	@Test
	void noMoreThanHalfOfTheProcessorsSpin() {
		int half = Runtime.getRuntime().availableProcessors() / 2;
		for (int i = 0; i < half; i++) {
			assertThat(new Spin(this.spinners, this.crowd).begin()).isTrue();
		}
		assertThat(new Spin(this.spinners, this.crowd).begin()).isFalse();
	}

	@Test
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void inACrowdNobodySpins() {
		Spin spin = new Spin(this.spinners, this.crowd);
		assertThat(spin.begin()).isTrue();
		List<Object> many = connections(3);
		for (int i = 0; i < 8; i++) {
			this.crowd.meet(many.get(i % 3));
		}
		assertThat(spin.goesOn()).as("one that has begun goes on").isFalse();
		spin.end(false);
		assertThat(spin.begin()).isFalse();
	}

	@Test
	@EnabledIf(value = "hasProcessors", disabledReason = ONE_PROCESSOR)
	void oneOrTwoThatAreLeftOfACrowdSpinAgain() {
		Spin spin = new Spin(this.spinners, this.crowd);
		List<Object> many = connections(64);
		many.forEach(this.crowd::meet);
		assertThat(spin.begin()).isFalse();
		for (int i = 0; i < 12; i++) {
			this.crowd.meet(many.get(i % 2));
		}
		assertThat(spin.begin()).isTrue();
		spin.end(true);
	}

	@Test
	void twoThatTakeTurnsAreNoCrowd() {
		List<Object> two = connections(2);
		for (int i = 0; i < 100; i++) {
			this.crowd.meet(two.get(i % 2));
		}
		assertThat(this.crowd.isLarge()).isFalse();
	}

	private static List<Object> connections(int count) {
		return IntStream.range(0, count).mapToObj((i) -> new Object()).toList();
	}

	@Test
	void aSpinOfNoTimeIsNone() {
		assertThat(new Spin(new Spinners(Duration.ZERO), this.crowd).begin()).isFalse();
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
