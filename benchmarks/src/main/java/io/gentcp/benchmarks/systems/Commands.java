package io.gentcp.benchmarks.systems;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that prepare a system: a compiler, keytool. */
final class Commands {

	private Commands() {
	}

	/** Runs a program to its end. */
	static void run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			int code = process.waitFor();
			if (code != 0) {
				throw new IOException("%s ended with %d: %s".formatted(command.getFirst(), code, printed));
			}
		}
		catch (InterruptedException ex) {
			process.destroy();
			throw new InterruptedIOException(command.getFirst());
		}
	}

	/** Why a program cannot be run; empty if it is installed. */
	static Optional<String> missing(String program) {
		boolean installed = Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
		return installed ? Optional.empty() : Optional.of("%s is not installed".formatted(program));
	}

	/** Copies a source of this module into a folder, unless it is there. */
	static Path copy(String resource, Path folder) throws IOException {
		Path file = folder.resolve(resource).toAbsolutePath();
		if (!Files.exists(file)) {
			try (var in = Commands.class.getResourceAsStream(resource)) {
				Files.copy(Objects.requireNonNull(in, resource), file);
			}
		}
		return file;
	}

}
