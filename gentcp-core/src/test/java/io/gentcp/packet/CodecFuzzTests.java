package io.gentcp.packet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fuzzer looks for bytes with which a codec breaks its {@link CodecContract}, two
 * minutes for each {@link FuzzTarget}. {@code -Dgentcp.fuzz.target=LINE} takes one of
 * them, {@code -Dgentcp.fuzz.seconds=...} another time, and {@code -Dgentcp.fuzz.input=}
 * these bytes alone, without a fuzzer.
 */
@Tag("slow")
class CodecFuzzTests {

	private static final HexFormat HEX = HexFormat.of();

	private static final String COMMAND = "./mvnw -q test -Pslow -pl gentcp-core -am -Dtest=CodecFuzzTests";

	private static final String INPUT = System.getProperty("gentcp.fuzz.input", "");

	private static final int SECONDS = Integer.getInteger("gentcp.fuzz.seconds", 120);

	@TempDir
	private Path folder;

	static Stream<FuzzTarget> targets() {
		String name = System.getProperty(CodecFuzz.TARGET, "");
		return Arrays.stream(FuzzTarget.values()).filter((target) -> name.isEmpty() || target.name().equals(name));
	}

	@ParameterizedTest
	@MethodSource("targets")
	void nothingThatComesBreaksTheContract(FuzzTarget target) throws Exception {
		if (!INPUT.isEmpty()) {
			target.run(HEX.parseHex(INPUT));
			return;
		}
		FuzzProcess process = new FuzzProcess(target, this.folder);
		process.seed(target.seeds(DecodeQuestion.ofVectors()));
		boolean passed = process.run(SECONDS);
		System.out.printf("fuzz %s: %s%n", target, process.progress());
		assertThat(process.found().map((found) -> howToRepeat(target, found))).as("%s", target).isEmpty();
		assertThat(passed).as(() -> String.join("\n", output(process))).isTrue();
		assertThat(process.progress()).contains("INITED", "DONE", "cov: ");
	}

	private static String howToRepeat(FuzzTarget target, byte[] found) {
		byte[] smallest = Shrinking.smallest(found, (candidates) -> firstToFail(target, candidates));
		return "%s%nagain: %s -D%s=%s -Dgentcp.fuzz.input=%s".formatted(
				failure(target, smallest).orElse("it took long, or too much memory"), COMMAND, CodecFuzz.TARGET, target,
				HEX.formatHex(smallest));
	}

	private static Optional<byte[]> firstToFail(FuzzTarget target, List<byte[]> candidates) {
		return candidates.stream().filter((candidate) -> failure(target, candidate).isPresent()).findFirst();
	}

	private static Optional<String> failure(FuzzTarget target, byte[] bytes) {
		try {
			target.run(bytes);
			return Optional.empty();
		}
		catch (RuntimeException | AssertionError ex) {
			return Optional.of(ex.toString());
		}
	}

	private static List<String> output(FuzzProcess process) {
		try {
			return process.output();
		}
		catch (IOException ex) {
			return List.of(ex.toString());
		}
	}

}
