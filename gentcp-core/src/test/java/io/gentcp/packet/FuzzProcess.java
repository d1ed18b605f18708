package io.gentcp.packet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jazzer in a process of its own: it calls {@link CodecFuzz} with more and more inputs
 * that reach new branches of the codecs, until the time is over or one of them fails.
 *
 * @param folder keeps the seeds, what was found, and what the process has printed
 */
record FuzzProcess(FuzzTarget target, Path folder) {

	/** What it takes to begin and to end. */
	private static final int PATIENCE_SECONDS = 120;

	/** The lines with which libFuzzer says how far it is. */
	private static final Pattern PROGRESS = Pattern.compile("#\\d+\t.*");

	/** Writes the inputs from which the process starts. */
	void seed(List<byte[]> seeds) throws IOException {
		Files.createDirectories(corpus());
		for (int i = 0; i < seeds.size(); i++) {
			Files.write(corpus().resolve("seed-" + i), seeds.get(i));
		}
	}

	/** Runs the process to its end, and returns whether no input failed. */
	boolean run(int seconds) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command(seconds)).redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
		try {
			return process.waitFor(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** The input that failed, or took too long. */
	Optional<byte[]> found() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			Optional<Path> found = files
				.filter((file) -> file.getFileName().toString().matches("(crash|timeout|oom)-.*"))
				.findFirst();
			return found.isPresent() ? Optional.of(Files.readAllBytes(found.get())) : Optional.empty();
		}
	}

	/** How far it was with the seeds alone, and at the end: executions, branches. */
	String progress() throws IOException {
		List<String> lines = output().stream().filter(PROGRESS.asMatchPredicate()).toList();
		return lines.stream().filter((line) -> line.contains("INITED")).findFirst().orElse("not started") + " -> "
				+ (lines.isEmpty() ? "" : lines.getLast());
	}

	List<String> output() throws IOException {
		return Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
	}

	private Path corpus() {
		return this.folder.resolve("corpus");
	}

	private Path log() {
		return this.folder.resolve("log");
	}

	private List<String> command(int seconds) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx500m", "-cp",
				System.getProperty("java.class.path"), "-D%s=%s".formatted(CodecFuzz.TARGET, this.target),
				"com.code_intelligence.jazzer.Jazzer", "--target_class=" + CodecFuzz.class.getName(),
				"--instrumentation_includes=io.gentcp.packet.**",
				"--instrumentation_excludes=io.gentcp.packet.CodecContract**:io.gentcp.packet.StreamReading**:"
						+ "io.gentcp.packet.Fuzz**:io.gentcp.packet.RoundTrip**:io.gentcp.packet.OnTheWire**:"
						+ "io.gentcp.packet.BufferShape**",
				"--reproducer_path=" + this.folder, "-artifact_prefix=" + this.folder + "/", "-max_len=600",
				"-timeout=20", "-max_total_time=" + seconds, corpus().toString());
	}

}
