package io.gentcp.benchmarks.comparison;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import io.gentcp.benchmarks.peer.Workload;

/**
 * How cost grows with one number: workloads that differ in nothing else.
 *
 * @param name of its file
 * @param title what is drawn
 * @param axis what grows
 * @param workloads its points
 * @param number the number that grows
 * @param isBytes whether bytes are drawn in place of packets
 */
record Curve(String name, String title, String axis, List<Workload> workloads, ToIntFunction<Workload> number,
		boolean isBytes) {

	/** Bytes of a megabyte, as networks count them. */
	private static final double MEGA = 1e6;

	Curve {
		workloads = List.copyOf(workloads);
	}

	/** Returns all of them: senders, connections, sizes of packets. */
	static List<Curve> all() {
		List<Workload> senders = named("W4-%s-64", "1", "4", "16", "64", "256", "1000");
		List<Workload> connections = named("W2-%s-64", "1", "10", "100", "1000", "5000", "15000");
		List<Workload> sizes = named("W3-%s", "1", "64", "1K", "16K", "64K", "256K", "1M", "16M", "64M");
		return List.of(
				new Curve("senders", "packets of 64 bytes a second, from senders that share a connection", "senders",
						senders, Workload::width, false),
				new Curve("connections", "echoes of 64 bytes a second, over all connections", "connections",
						connections, Workload::width, false),
				new Curve("sizes", "megabytes a second, from one sender", "bytes of a packet", sizes, Workload::payload,
						true));
	}

	private static List<Workload> named(String pattern, String... values) {
		return Stream.of(values).map((value) -> Workload.of(pattern.formatted(value))).toList();
	}

	int at(Workload workload) {
		return this.number.applyAsInt(workload);
	}

	double height(Workload workload, double perSecond) {
		return this.isBytes ? perSecond * workload.payload() / MEGA : perSecond;
	}

}
