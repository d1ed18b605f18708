package io.gentcp.scenarios;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No scenario of OTP's is forgotten. */
class ScenarioCoverageTests {

	private static final List<Class<?>> SUITES = List.of(SendScenarioTests.class, CloseScenarioTests.class,
			ActiveScenarioTests.class, RecvScenarioTests.class, PacketScenarioTests.class);

	@Test
	void everyScenarioHasATestOrAReasonWhyNot() {
		Set<String> covered = new TreeSet<>();
		SUITES.forEach((type) -> {
			Stream.of(type.getDeclaredMethods())
				.filter(this::isScenario)
				.forEach((test) -> covered.add(test.getName()));
			Stream.of(type.getAnnotationsByType(NotApplicable.class)).forEach((one) -> covered.add(one.id()));
		});
		assertThat(covered).containsExactlyInAnyOrderElementsOf(OtpOutcomes.ids());
	}

	private boolean isScenario(Method method) {
		return method.isAnnotationPresent(Test.class);
	}

}
