package io.gentcp.benchmarks.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command that starts a JVM: the one that runs now, with the class path it has now
 * and the same options for all.
 */
public final class JavaCommand {

	/** From here on JNI and Unsafe, which Netty uses, warn unless they are allowed. */
	private static final int WARNS = 24;

	private JavaCommand() {
	}

	/** Returns the options that every JVM is started with. */
	public static List<String> options() {
		List<String> options = new ArrayList<>(List.of("-Xms64m", "-Xmx512m"));
		if (Runtime.version().feature() >= WARNS) {
			options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
		return options;
	}

	static List<String> of(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(Arrays.asList(arguments));
		return command;
	}

}
