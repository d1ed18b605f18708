package io.gentcp.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;

import io.gentcp.benchmarks.comparison.Result.SystemEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CurveChartTests {

	@ParameterizedTest
	@ValueSource(strings = { "senders", "connections", "sizes" })
	void everySystemWithPointsHasALineAndItsName(String name) {
		Curve curve = Curve.all().stream().filter((one) -> one.name().equals(name)).findFirst().orElseThrow();
		List<Measurement> measured = new ArrayList<>();
		curve.workloads().forEach((workload) -> {
			measured.add(new Measurement("one", workload.toString(), List.of(1000.0), ""));
			measured.add(new Measurement("two", workload.toString(), List.of(5.0), ""));
		});
		assertThat(new CurveChart(result(measured), curve).draw()).get()
			.asString()
			.contains(">one</text>", ">two</text>")
			.containsOnlyOnce(">%s</text>".formatted(curve.axis()))
			.doesNotContain("NaN")
			.doesNotContain("Infinity");
	}

	@Test
	void withoutPointsThereIsNoDrawing() {
		assertThat(new CurveChart(result(List.of()), Curve.all().getFirst()).draw()).isEmpty();
	}

	private static Result result(List<Measurement> measured) {
		return new Result(new Machine(1, "system", "jdk", ""), 1, 1, 1,
				List.of(new SystemEntry("one", "", ""), new SystemEntry("two", "", "")), measured, List.of(),
				List.of());
	}

}
