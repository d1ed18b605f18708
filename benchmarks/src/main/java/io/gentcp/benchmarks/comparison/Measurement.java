package io.gentcp.benchmarks.comparison;

import java.util.List;

/**
 * What a system reached in a workload.
 *
 * @param system the name of the system
 * @param workload the name of the workload
 * @param perSecond packets in a second, one figure for each round; empty if it was not
 * measured
 * @param note why it was not measured, or what went wrong in a round; empty if nothing
 */
record Measurement(String system, String workload, List<Double> perSecond, String note) {

	/** The largest part of the median that the worst round may lack. */
	private static final double STEADY = 0.5;

	Measurement {
		perSecond = List.copyOf(perSecond);
	}

	boolean isMeasured() {
		return !this.perSecond.isEmpty();
	}

	/** Returns the median; the lower of the two in the middle. */
	double median() {
		return this.perSecond.stream().sorted().toList().get((this.perSecond.size() - 1) / 2);
	}

	double worst() {
		return this.perSecond.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	double best() {
		return this.perSecond.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

	/** Whether no round failed, and the worst one has at least half of the median. */
	boolean isSteady() {
		return this.note.isEmpty() && worst() >= STEADY * median();
	}

}
