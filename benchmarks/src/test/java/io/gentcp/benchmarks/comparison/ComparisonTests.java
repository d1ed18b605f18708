package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of two systems, with real processes. That every packet arrived is checked
 * in the run itself: a stream of which one is missing fails its round.
 */
class ComparisonTests {

	private static final List<String> SYSTEMS = List.of("gentcp-inet", "jdk-virtual");

	private static final List<String> WORKLOADS = List.of("W1-64", "W2-10-64", "W3-1K", "W4-4-64", "W5-64");

	@TempDir
	private static Path folder;

	private static int exitCode;

	private static JsonNode json;

	private static Path page;

	@BeforeAll
	static void run() throws IOException {
		page = folder.resolve("page.md");
		Files.writeString(page, """
				before
				<!-- measured: from here on written by a run -->
				outdated
				<!-- measured: end -->
				after
				""");
		exitCode = Comparison.run("--only", "gentcp-inet=,jdk-virtual", "--workloads", String.join(",", WORKLOADS),
				"--rounds", "1", "--millis", "30", "--warm-up", "60", "--idle", "20", "--profile",
				"W2-10-64:gentcp-inet", "--out", folder.toString(), "--page", page.toString());
		json = JsonMapper.shared().readTree(Files.readString(folder.resolve("performance.json")));
	}

	@Test
	void itEndsWithoutAnError() {
		assertThat(exitCode).isZero();
	}

	@Test
	void everySystemIsMeasuredInEveryWorkload() {
		assertThat(StreamSupport.stream(json.get("measurements").spliterator(), false)).hasSize(10)
			.allSatisfy((one) -> {
				assertThat(one.get("note").asString()).isEmpty();
				assertThat(SYSTEMS).contains(one.get("system").asString());
				assertThat(WORKLOADS).contains(one.get("workload").asString());
				assertThat(one.get("perSecond")).hasSize(1);
				assertThat(one.get("perSecond").get(0).asDouble()).isPositive();
			});
	}

	@Test
	void idleConnectionsAreMeasured() {
		assertThat(StreamSupport.stream(json.get("idle").spliterator(), false)).hasSize(2)
			.allSatisfy((cost) -> assertThat(cost.get("note").asString()).isEmpty())
			.allSatisfy((cost) -> assertThat(cost.get("connections").asInt()).isEqualTo(20));
	}

	@Test
	void theHeapOfIdleConnectionsIsSharedOut() throws IOException {
		assertThat(Files.readString(folder.resolve("performance.md")))
			.containsPattern("\\| gentcp-inet \\| 20 \\|( [0-9.]+k? B \\|){4}")
			.containsPattern("gentcp-inet: .*`io.gentcp.TcpSocket` 56");
	}

	@Test
	void theTableHasARowForEachSystem() throws IOException {
		assertThat(Files.readAllLines(folder.resolve("performance.md")))
			.contains("| system | W1-64 | W2-10-64 | W3-1K | W4-4-64 | W5-64 |")
			.anyMatch((line) -> line.matches("\\| gentcp-inet \\|( [0-9.]+[kM]? ?!?<br>\\S+ \\|){5}"))
			.anyMatch((line) -> line.matches("\\| jdk-virtual \\|( [0-9.]+[kM]? ?!?<br>\\S+ \\|){5}"));
	}

	@Test
	void targetsAreComparedWithWhatWasMeasured() throws IOException {
		assertThat(Files.readString(folder.resolve("performance.md")))
			.containsPattern("\\| W1-64 \\| gentcp-inet \\| jdk-virtual \\| ≥ 6.00 \\| \\S+ \\| (not )?reached \\|");
	}

	/** Which needs an event that not every JDK has. */
	@Test
	void theProcessorTimeOfAProfiledSystemIsSharedOut() throws IOException {
		JsonNode profile = json.get("profiles").get(0);
		assertThat(profile.get("system").asString()).isEqualTo("gentcp-inet");
		String markdown = Files.readString(folder.resolve("performance.md"));
		if (profile.get("note").asString().isEmpty()) {
			assertThat(profile.get("server").get("samples").asInt()).isPositive();
			assertThat(markdown).contains("**W2-10-64, gentcp-inet**")
				.containsPattern("\\| writing to the kernel \\| [1-9]\\d* % \\| [1-9]\\d* % \\|");
		}
		else {
			assertThat(profile.get("note").asString()).contains("a profile needs the event jdk.CPUTimeSample");
			assertThat(markdown).contains("W2-10-64, gentcp-inet: failed").contains("JDK 25");
		}
	}

	@Test
	void everyWorkloadHasASmallChart() throws IOException {
		for (String workload : WORKLOADS) {
			assertThat(Files.readString(folder.resolve("performance").resolve(workload + ".svg"))).contains("<svg")
				.contains("jdk-virtual")
				.hasSizeLessThan(60_000);
		}
	}

	@Test
	void onlyTheMeasuredPartOfAPageIsReplaced() throws IOException {
		assertThat(Files.readString(page)).startsWith("before\n")
			.endsWith("after\n")
			.contains("gentcp-inet")
			.contains("(page/W1-64.svg)")
			.doesNotContain("outdated");
		assertThat(folder.resolve("page").resolve("W1-64.svg")).exists();
	}

}
