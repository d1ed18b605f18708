package io.gentcp.scenarios;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No scenario of OTP's is forgotten. */
class ScenarioCoverageTests {

	static final List<Class<?>> SUITES = List.of(SendScenarioTests.class, CloseScenarioTests.class,
			ActiveScenarioTests.class, RecvScenarioTests.class, PacketScenarioTests.class, ConnectScenarioTests.class,
			ListenScenarioTests.class, OptionScenarioTests.class);

	@Test
	void everyScenarioHasATestOrAReasonWhyNot() {
		List<String> covered = new ArrayList<>();
		scenarios().forEach((test) -> covered.add(test.getName()));
		SUITES.forEach((type) -> Stream.of(type.getAnnotationsByType(NotApplicable.class))
			.forEach((one) -> covered.add(one.id())));
		assertThat(covered).containsExactlyInAnyOrderElementsOf(OtpOutcomes.ids());
	}

	static Stream<Method> scenarios() {
		return SUITES.stream()
			.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(Test.class));
	}

}
