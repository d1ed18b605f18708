package io.gentcp.benchmarks.peer;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WorkloadTests {

	@ParameterizedTest
	@CsvSource({ "W1-64, exchange 1 64 1 500", "W2-1000-1K, exchange 1000 1024 1 500", "W3-64M, stream 1 67108864 500",
			"W4-16-64, stream 16 64 500", "W5-64, exchange 1 64 64 500" })
	void aNameIsACommand(String name, String command) {
		assertThat(Workload.of(name).command(Duration.ofMillis(500))).isEqualTo(command);
		assertThat(Workload.of(name)).hasToString(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "W6-64", "W1", "W1-2-64", "W4-64", "" })
	void anythingElseIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Workload.of(name));
	}

	@Test
	void aServerCountsWhatIsStreamedUntilItIsAsked() {
		Served served = new Served();
		served.answer(Served.packet(Served.STREAM, 3));
		served.answer(Served.packet(Served.STREAM, 3));
		assertThat(Served.count(served.answer(Served.packet(Served.COUNT, 1)))).isEqualTo(2);
		assertThat(Served.count(served.answer(Served.packet(Served.COUNT, 1)))).isZero();
	}

}
