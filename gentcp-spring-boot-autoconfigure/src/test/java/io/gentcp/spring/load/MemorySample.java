package io.gentcp.spring.load;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds at one moment, garbage apart: a row of the table.
 *
 * @param heap used bytes after a garbage collection
 * @param direct bytes of direct buffers
 * @param threads platform threads
 */
record MemorySample(String when, int connections, long packets, long heap, long direct, long threads) {

	static final String HEADER = "%-12s %12s %12s %12s %12s %8s".formatted("when", "connections", "packets", "heap KB",
			"direct KB", "threads");

	static MemorySample take(String when, int connections, long packets) {
		System.gc();
		return new MemorySample(when, connections, packets,
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), directBytes(),
				ManagementFactory.getThreadMXBean().getThreadCount());
	}

	private static long directBytes() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	@Override
	public String toString() {
		return "%-12s %,12d %,12d %,12d %,12d %8d".formatted(this.when, this.connections, this.packets,
				this.heap / 1024, this.direct / 1024, this.threads);
	}

}
