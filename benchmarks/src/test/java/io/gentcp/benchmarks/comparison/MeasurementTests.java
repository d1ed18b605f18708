package io.gentcp.benchmarks.comparison;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeasurementTests {

	@Test
	void theMedianIsTheFigureInTheMiddle() {
		assertThat(measured(5.0, 1.0, 3.0).median()).isEqualTo(3);
	}

	@Test
	void ofAnEvenNumberOfRoundsTheLowerOneInTheMiddleCounts() {
		assertThat(measured(4.0, 1.0, 3.0, 2.0).median()).isEqualTo(2);
	}

	@Test
	void aResultWhoseWorstRoundIsUnderHalfOfItsMedianIsNotSteady() {
		assertThat(measured(100.0, 100.0, 49.0).isSteady()).isFalse();
		assertThat(measured(100.0, 100.0, 50.0).isSteady()).isTrue();
	}

	@Test
	void aResultOfWhichARoundFailedIsNotSteady() {
		assertThat(new Measurement("a", "W1-64", List.of(100.0, 100.0), "a round failed").isSteady()).isFalse();
	}

	@Test
	void aTargetThatIsReachedOnlyUnsteadilyIsNotReached() {
		Target target = new Target("W1-64", List.of("ours*"), List.of("theirs"), 2);
		assertThat(rows(target, measured("ours-1", 100.0, 100.0, 100.0)))
			.contains("| ours-1 | theirs | ≥ 2.00 | 2.00 | reached |");
		assertThat(rows(target, measured("ours-1", 100.0, 100.0, 10.0))).contains("| 2.00 | not reached: not steady |");
		assertThat(rows(target, measured("ours-1", 99.0, 99.0, 99.0))).contains("| 1.98 | not reached |");
	}

	private static String rows(Target target, Measurement ours) {
		Result result = new Result(new Machine(1, "system", "jdk", ""), 3, 1, 1, List.of(),
				List.of(ours, measured("theirs", 50.0, 50.0, 50.0)), List.of(), List.of());
		return new TargetTable(result).rows(List.of(target));
	}

	private static Measurement measured(Double... perSecond) {
		return measured("a", perSecond);
	}

	private static Measurement measured(String system, Double... perSecond) {
		return new Measurement(system, "W1-64", List.of(perSecond), "");
	}

}
