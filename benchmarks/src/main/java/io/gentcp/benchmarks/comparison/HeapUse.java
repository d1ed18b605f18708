package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the heap of one JVM holds for each of many connections.
 *
 * @param parts bytes of each part
 * @param classes those with the most bytes
 */
record HeapUse(Map<Part, Double> parts, List<ClassUse> classes) {

	static final HeapUse NONE = new HeapUse(Map.of(), List.of());

	private static final int MOST_CLASSES = 20;

	/** A line of a histogram: its number, instances, bytes and the class. */
	private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

	HeapUse {
		parts = Map.copyOf(parts);
		classes = List.copyOf(classes);
	}

	/** Compares two histograms, one without connections and one with so many. */
	static HeapUse between(Path before, Path after, double connections) throws IOException {
		Map<String, Long> bytes = bytes(after);
		bytes(before).forEach((name, less) -> bytes.merge(name, -less, Long::sum));
		Map<Part, Double> parts = new EnumMap<>(Part.class);
		bytes.forEach((name, more) -> parts.merge(Part.of(name), more / connections, Double::sum));
		List<ClassUse> classes = bytes.entrySet()
			.stream()
			.map((entry) -> new ClassUse(entry.getKey(), entry.getValue() / connections))
			.sorted(Comparator.comparingDouble(ClassUse::bytes).reversed())
			.limit(MOST_CLASSES)
			.toList();
		return new HeapUse(parts, classes);
	}

	private static Map<String, Long> bytes(Path histogram) throws IOException {
		Map<String, Long> bytes = new HashMap<>();
		for (String line : Files.readAllLines(histogram)) {
			Matcher matcher = LINE.matcher(line);
			if (matcher.matches()) {
				bytes.merge(matcher.group(3), Long.parseLong(matcher.group(2)), Long::sum);
			}
		}
		return bytes;
	}

	/** What objects belong to. */
	enum Part {

		THREADS("java\\.lang\\.(Virtual)?Thread.*|jdk\\.internal\\.vm\\..*"),

		BENCHMARK("io\\.gentcp\\.benchmarks\\..*"),

		JDK("\\[*L?(java|javax|jdk|sun)\\..*|\\[+[A-Z]"),

		OWN(".*");

		private final Pattern classes;

		Part(String classes) {
			this.classes = Pattern.compile(classes);
		}

		/** Returns the first part that a class belongs to. */
		static Part of(String name) {
			for (Part part : values()) {
				if (part.classes.matcher(name).matches()) {
					return part;
				}
			}
			return OWN;
		}

	}

	/**
	 * A class.
	 *
	 * @param name as the JVM prints it
	 * @param bytes for each connection
	 */
	record ClassUse(String name, double bytes) {
	}

}
