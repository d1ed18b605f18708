package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * The processor time of one JVM, by the method that was at work: a native method stands
 * for the call of the kernel that it makes.
 *
 * @param samples how many there were
 * @param parts the share of each part, from 0 to 1
 * @param methods the methods with the largest shares
 */
record ProcessorTime(int samples, Map<Part, Double> parts, List<MethodShare> methods) {

	static final ProcessorTime NONE = new ProcessorTime(0, Map.of(), List.of());

	private static final int MOST_METHODS = 8;

	ProcessorTime {
		parts = Map.copyOf(parts);
		methods = List.copyOf(methods);
	}

	/** Reads a recording. */
	static ProcessorTime of(Path recording) throws IOException {
		Map<Part, Integer> parts = new EnumMap<>(Part.class);
		Map<String, Integer> methods = new HashMap<>();
		int samples = 0;
		try (RecordingFile file = new RecordingFile(recording)) {
			while (file.hasMoreEvents()) {
				RecordedStackTrace trace = file.readEvent().getStackTrace();
				if (trace != null && !trace.getFrames().isEmpty()) {
					String method = name(trace.getFrames().get(0));
					parts.merge(Part.of(method), 1, Integer::sum);
					methods.merge(method, 1, Integer::sum);
					samples++;
				}
			}
		}
		double all = samples;
		Map<Part, Double> shares = new EnumMap<>(Part.class);
		parts.forEach((part, count) -> shares.put(part, count / all));
		List<MethodShare> most = methods.entrySet()
			.stream()
			.map((entry) -> new MethodShare(entry.getKey(), entry.getValue() / all))
			.sorted(Comparator.comparingDouble(MethodShare::share).reversed())
			.limit(MOST_METHODS)
			.toList();
		return new ProcessorTime(samples, shares, most);
	}

	private static String name(RecordedFrame frame) {
		return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
	}

	/** What a method is at work for. */
	enum Part {

		READ("reading from the kernel", "sun\\.nio\\.ch\\.\\w+\\.readv?0|java\\.net\\.Socket.*read0"),

		WRITE("writing to the kernel", "sun\\.nio\\.ch\\.\\w+\\.writev?0|java\\.net\\.Socket.*write0"),

		EVENTS("asking the kernel for events", "sun\\.nio\\.ch\\.(EPoll|Net\\.poll|EventFD).*"),

		NATIVE("calls of the kernel by Netty", "io\\.netty\\..*\\.Native\\w*\\..*"),

		THREADS("parking and waking threads",
				"(java\\.lang\\.VirtualThread|jdk\\.internal\\.vm\\.Continuation"
						+ "|java\\.util\\.concurrent\\.(ForkJoin|locks\\.LockSupport)"
						+ "|jdk\\.internal\\.misc\\.Unsafe\\.(un)?park|java\\.lang\\.Thread\\.yield).*"),

		CLOCK("looking at the clock, as a spin does", "java\\.lang\\.(System\\.nanoTime|Thread\\.onSpinWait)"),

		BENCHMARK("the benchmark itself", "io\\.gentcp\\.benchmarks\\..*"),

		GENTCP("gentcp", "io\\.gentcp\\..*"),

		JDK("the rest of the JDK", "(java|jdk|sun)\\..*"),

		OTHER("other libraries", ".*");

		private final String text;

		private final Pattern methods;

		Part(String text, String methods) {
			this.text = text;
			this.methods = Pattern.compile(methods);
		}

		/** Returns the first part that a method belongs to. */
		static Part of(String method) {
			for (Part part : values()) {
				if (part.methods.matcher(method).matches()) {
					return part;
				}
			}
			return OTHER;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * A method.
	 *
	 * @param method class and name
	 * @param share of all samples, from 0 to 1
	 */
	record MethodShare(String method, double share) {
	}

}
