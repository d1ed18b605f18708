package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server that says how much memory it takes. */
final class ServerRole {

	private static final int COLLECTIONS = 3;

	private static final int KILO = 1024;

	private ServerRole() {
	}

	static String run(String[] command) throws IOException {
		return switch (command[0]) {
			case "memory" -> memory();
			case "classes" -> {
				HeapClasses.write(Path.of(command[1]));
				yield "classes";
			}
			default -> throw new IllegalArgumentException("there is no command '%s'".formatted(command[0]));
		};
	}

	private static String memory() throws IOException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return "memory %d %d".formatted(heap, resident());
	}

	/** As Linux counts it; -1 on systems that have no such file. */
	private static long resident() throws IOException {
		Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) {
			return -1;
		}
		return Files.readAllLines(status)
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> KILO * Long.parseLong(line.replaceAll("[^0-9]", "")))
			.findFirst()
			.orElse(-1);
	}

}
