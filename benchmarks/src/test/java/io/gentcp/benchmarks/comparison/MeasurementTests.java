package io.gentcp.benchmarks.comparison;

import java.util.List;
import java.util.stream.Stream;

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

	@Test
	void ofSeveralTheBestSteadyOneCounts() {
		Target target = new Target("W1-64", List.of("ours*"), List.of("theirs"), 2);
		assertThat(rows(target, measured("ours-1", 10.0, 300.0, 300.0), measured("ours-2", 100.0, 100.0, 100.0)))
			.contains("| ours-2 | theirs | ≥ 2.00 | 2.00 | reached |");
	}

	@Test
	void ofThePeersTheBestCountsSteadyOrNot() {
		Target target = new Target("W1-64", List.of("ours"), List.of("theirs*"), 2);
		assertThat(rows(target, measured("ours", 100.0, 100.0, 100.0), measured("theirs-2", 10.0, 80.0, 80.0)))
			.contains("| ours | theirs-2 | ≥ 2.00 | 1.25 | not reached |");
	}

	private static String rows(Target target, Measurement... measured) {
		Result result = new Result(new Machine(1, "system", "jdk", ""), 3, 1, 1, List.of(),
				Stream.concat(Stream.of(measured), Stream.of(measured("theirs", 50.0, 50.0, 50.0))).toList(), List.of(),
				List.of());
		return new TargetTable(result).rows(List.of(target));
	}

	private static Measurement measured(Double... perSecond) {
		return measured("a", perSecond);
	}

	private static Measurement measured(String system, Double... perSecond) {
		return new Measurement(system, "W1-64", List.of(perSecond), "");
	}

}
