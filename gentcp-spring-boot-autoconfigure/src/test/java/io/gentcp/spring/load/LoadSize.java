package io.gentcp.spring.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.UnixOperatingSystemMXBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How large the load is: {@code -Dgentcp.load.connections}, {@code .talking} and
 * {@code .seconds}.
 *
 * @param connections how many there are
 * @param talking how many of them exchange packets; the others are idle
 * @param seconds how long they do
 */
record LoadSize(int connections, int talking, int seconds) {

	/** How often memory is looked at while there is talk. */
	static final int SAMPLES = 12;

	/** What the JVM, its class path and the build need besides. */
	private static final int DESCRIPTORS_OF_THE_JVM = 500;

	static LoadSize ofSystemProperties() {
		LoadSize size = new LoadSize(Integer.getInteger("gentcp.load.connections", 10_000),
				Integer.getInteger("gentcp.load.talking", 1_000), Integer.getInteger("gentcp.load.seconds", 60));
		assertThat(size.talking).as("gentcp.load.talking").isBetween(1, size.connections);
		assertThat(size.seconds).as("gentcp.load.seconds").isPositive();
		return size;
	}

	int idle() {
		return this.connections - this.talking;
	}

	Duration betweenSamples() {
		return Duration.ofSeconds(this.seconds).dividedBy(SAMPLES);
	}

	/** Fails unless a process may open as many sockets. */
	void requireDescriptors() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			long needed = this.connections + DESCRIPTORS_OF_THE_JVM;
			assertThat(system.getMaxFileDescriptorCount())
				.as("file descriptors that a process may open; raise the hard limit (ulimit -Hn) to %d or more, "
						+ "or run with fewer connections: -Dgentcp.load.connections=...", needed)
				.isGreaterThanOrEqualTo(needed);
		}
	}

	@Override
	public String toString() {
		return "%,d connections, %,d of them talking for %d seconds".formatted(this.connections, this.talking,
				this.seconds);
	}

}
