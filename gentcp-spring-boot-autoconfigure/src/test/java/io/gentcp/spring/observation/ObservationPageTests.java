package io.gentcp.spring.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.gentcp.spring.core.Operation;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.ObservationConvention;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/observation.md has the observations and their keys. */
class ObservationPageTests {

	private static final Path PAGE = Path.of("..", "docs", "observation.md");

	private static List<String> rows(String firstColumn) throws IOException {
		return Pattern.compile("^\\| `(" + firstColumn + ")` \\|.*$", Pattern.MULTILINE)
			.matcher(Files.readString(PAGE))
			.results()
			.map((row) -> row.group(1))
			.toList();
	}

	@Test
	void itHasEveryObservation() throws Exception {
		assertThat(rows("gentcp\\.(?:connect|send|request|receive)")).containsExactlyElementsOf(
				Arrays.stream(GenTcpObservation.values()).map(ObservationPageTests::name).toList());
	}

	@Test
	void itHasEveryKey() throws Exception {
		assertThat(rows("(?!gentcp\\.(?:connect|send|request|receive)`)[a-z.]+")).containsExactlyElementsOf(
				Stream
					.<KeyName>concat(Arrays.stream(GenTcpObservation.LowCardinality.values()),
							Arrays.stream(GenTcpObservation.HighCardinality.values()))
					.map(KeyName::asString)
					.toList());
	}

	@Test
	void thereIsAnObservationOfEachOperation() {
		assertThat(GenTcpObservation.values()).extracting(Enum::name)
			.containsExactlyElementsOf(Arrays.stream(Operation.values()).map(Enum::name).toList());
	}

	@Test
	void eachIsCalledWhatItsConventionSays() {
		List<ObservationConvention<?>> conventions = List.of(GenTcpConnectConvention.DEFAULT,
				GenTcpSendConvention.DEFAULT, GenTcpRequestConvention.DEFAULT, GenTcpReceiveConvention.DEFAULT);
		assertThat(conventions).map(ObservationConvention::getName)
			.containsExactlyElementsOf(
					Arrays.stream(GenTcpObservation.values()).map(ObservationPageTests::name).toList());
	}

	private static String name(GenTcpObservation observation) {
		return "gentcp." + observation.name().toLowerCase(Locale.ROOT);
	}

}
