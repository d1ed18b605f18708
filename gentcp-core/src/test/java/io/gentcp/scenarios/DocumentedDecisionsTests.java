package io.gentcp.scenarios;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The docs say which scenarios end otherwise than OTP's, and which have no counterpart.
 */
class DocumentedDecisionsTests {

	private static final Path DOCS = Path.of("..", "docs", "conformance.md");

	/** The name and the scenarios: {@code | `closed-for-ever` | s18, x02 | ...}. */
	private static final Pattern DECISION = Pattern.compile("^\\| `([a-z0-9-]+)` \\| ([sx0-9, ]+) \\|",
			Pattern.MULTILINE);

	/** The scenario and the reason: {@code | `s89_fdopen` | the JDK ... |}. */
	private static final Pattern NOT_APPLICABLE = Pattern.compile("^\\| `(\\w+)` \\| ([^|]+) \\|$", Pattern.MULTILINE);

	@Test
	void everyDecisionIsListedWithTheScenariosThatDifferByIt() throws Exception {
		Map<String, Set<String>> differing = new TreeMap<>();
		for (Decision decision : Decision.values()) {
			differing.put(decision.title(), new TreeSet<>());
		}
		ScenarioCoverageTests.scenarios().forEach((test) -> {
			String id = test.getName().substring(0, test.getName().indexOf('_'));
			for (Differs differs : test.getAnnotationsByType(Differs.class)) {
				differing.get(differs.by().title()).add(id);
			}
		});
		Map<String, Set<String>> documented = new TreeMap<>();
		DECISION.matcher(Files.readString(DOCS))
			.results()
			.forEach((row) -> documented.put(row.group(1), new TreeSet<>(Set.of(row.group(2).split(", ")))));
		assertThat(documented).isEqualTo(differing);
	}

	@Test
	void everyScenarioWithoutACounterpartIsListedWithTheReason() throws Exception {
		Map<String, String> reasons = new TreeMap<>();
		ScenarioCoverageTests.SUITES.stream()
			.flatMap((type) -> Stream.of(type.getAnnotationsByType(NotApplicable.class)))
			.forEach((one) -> reasons.put(one.id(), one.because()));
		Map<String, String> documented = new TreeMap<>();
		NOT_APPLICABLE.matcher(Files.readString(DOCS))
			.results()
			.forEach((row) -> documented.put(row.group(1), row.group(2)));
		assertThat(documented).isEqualTo(reasons);
	}

	@Test
	void howManyScenariosEndInWhichWayIsAsTheDocsSay() throws Exception {
		long all = OtpOutcomes.ids().size() * Backend.values().length;
		long differing = ScenarioCoverageTests.scenarios()
			.mapToLong(
					(test) -> Stream.of(test.getAnnotationsByType(Differs.class)).map(Differs::on).distinct().count())
			.sum();
		long without = ScenarioCoverageTests.SUITES.stream()
			.mapToLong((type) -> type.getAnnotationsByType(NotApplicable.class).length)
			.sum() * Backend.values().length;
		long withoutOtp = ScenarioCoverageTests.scenarios()
			.flatMap((test) -> Stream.of(Backend.values()).map((backend) -> OtpOutcomes.of(backend, test.getName())))
			.filter("n_a"::equals)
			.count();
		long notApplicable = without + withoutOtp;
		assertThat(Files.readString(DOCS)).contains("scenarios: %d as OTP, %d differ by decision, %d not applicable"
			.formatted(all - differing - notApplicable, differing, notApplicable));
	}

}
