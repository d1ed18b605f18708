package io.gentcp.spring.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server held from before the first connection until after the last. */
final class MemoryTable {

	/**
	 * What two samples may differ by without a reason: packets that are being handled.
	 */
	private static final long NOISE = 4 * 1024 * 1024;

	/** A thread has one for the length of a system call. */
	private static final long BUFFER_SIZE = 128 * 1024;

	private final LoadedServer server;

	private final ServedPackets served;

	private final List<MemorySample> samples = new ArrayList<>();

	private final List<MemorySample> whileTalking = new ArrayList<>();

	MemoryTable(LoadedServer server, ServedPackets served) {
		this.server = server;
		this.served = served;
	}

	MemorySample add(String when) {
		MemorySample sample = MemorySample.take(when, this.server.connections(), this.served.tally().packets());
		this.samples.add(sample);
		return sample;
	}

	void addWhileTalking(long seconds) {
		this.whileTalking.add(add("after %d s".formatted(seconds)));
	}

	/**
	 * The last third of the talk takes no more than the first, and nothing is left over.
	 */
	void assertFlat() {
		int third = this.whileTalking.size() / 3;
		List<MemorySample> first = this.whileTalking.subList(0, third);
		List<MemorySample> last = this.whileTalking.subList(this.whileTalking.size() - third, this.whileTalking.size());
		assertThat(average(last, MemorySample::heap)).as("heap in the last third of the talk")
			.isLessThanOrEqualTo(slightlyMoreThan(average(first, MemorySample::heap)));
		assertThat(this.samples.getLast().heap()).as("heap after the last connection")
			.isLessThanOrEqualTo(slightlyMoreThan(this.samples.getFirst().heap()));
	}

	private static long average(List<MemorySample> samples, ToLongFunction<MemorySample> value) {
		return (long) samples.stream().mapToLong(value).average().orElseThrow();
	}

	private static long slightlyMoreThan(long heap) {
		return heap + heap / 20 + NOISE;
	}

	/** Buffers and threads are as many as processors are busy, not as connections are. */
	void assertIndependentOfConnections() {
		int processors = Runtime.getRuntime().availableProcessors();
		MemorySample before = this.samples.getFirst();
		assertThat(this.samples).allSatisfy((sample) -> {
			assertThat(sample.direct() - before.direct()).as("direct bytes %s", sample.when())
				.isLessThanOrEqualTo(2 * processors * BUFFER_SIZE);
			assertThat(sample.threads() - before.threads()).as("threads %s", sample.when())
				.isLessThanOrEqualTo(4 * processors);
		});
	}

	@Override
	public String toString() {
		return String.join("\n",
				Stream.concat(Stream.of(MemorySample.HEADER), this.samples.stream().map(MemorySample::toString))
					.toList());
	}

}
