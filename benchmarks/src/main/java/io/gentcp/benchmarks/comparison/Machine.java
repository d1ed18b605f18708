package io.gentcp.benchmarks.comparison;

/**
 * Where it was measured.
 *
 * @param processors how many the JVM sees
 * @param system the operating system and its version
 * @param jdk the Java runtime of all JVMs
 * @param options what every JVM was started with
 */
record Machine(int processors, String system, String jdk, String options) {

	static Machine here(String options) {
		return new Machine(Runtime.getRuntime().availableProcessors(),
				"%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
				"%s %s".formatted(System.getProperty("java.vm.vendor"), Runtime.version()), options);
	}

}
