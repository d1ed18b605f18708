package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What gentcp has to reach against its peers: a line of {@code targets.csv}, taken apart.
 *
 * @param workload name of the workload, or {@code idle} for the heap of idle connections
 * @param ours systems of gentcp, of which the best counts; a name may end in {@code *}
 * @param peers systems it is compared with, of which the best counts
 * @param ratio what is to be reached: at least so many times the packets, or with
 * {@code idle} at most this part of the heap
 */
record Target(String workload, List<String> ours, List<String> peers, double ratio) {

	static final String IDLE = "idle";

	private static final int COLUMNS = 4;

	Target {
		ours = List.copyOf(ours);
		peers = List.copyOf(peers);
	}

	/** Returns all of them. */
	static List<Target> all() throws IOException {
		try (InputStream in = Objects.requireNonNull(Target.class.getResourceAsStream("targets.csv"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.flatMap((line) -> of(line).stream())
				.toList();
		}
	}

	private static List<Target> of(String line) {
		String[] columns = line.split(";", -1);
		if (columns.length != COLUMNS) {
			throw new IllegalArgumentException("a target is '%s'; it must have %d columns".formatted(line, COLUMNS));
		}
		List<Target> targets = new ArrayList<>();
		for (String workload : words(columns[0])) {
			targets.add(new Target(workload, words(columns[1]), words(columns[2]),
					Double.parseDouble(columns[COLUMNS - 1])));
		}
		return targets;
	}

	private static List<String> words(String text) {
		return Arrays.asList(text.strip().split(" +", -1));
	}

	boolean isIdle() {
		return this.workload.equals(IDLE);
	}

	boolean isOurs(String system) {
		return matches(this.ours, system);
	}

	boolean isPeer(String system) {
		return matches(this.peers, system);
	}

	private static boolean matches(List<String> names, String system) {
		return names.stream().anyMatch((name) -> {
			boolean begins = name.endsWith("*") && system.startsWith(name.substring(0, name.length() - 1));
			return begins || name.equals(system);
		});
	}

}
