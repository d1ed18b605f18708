package io.gentcp.benchmarks.comparison;

import java.util.List;
import java.util.Optional;

/**
 * Everything a run has found out; the JSON file is this record.
 *
 * @param machine where
 * @param rounds how many rounds were counted
 * @param roundMillis how long each workload ran in a round
 * @param warmUpMillis how long it ran before, without being counted
 * @param systems who took part, or should have
 * @param measurements what they reached
 * @param idle what idle connections cost them
 * @param profiles where the processor time went, of some
 */
record Result(Machine machine, int rounds, long roundMillis, long warmUpMillis, List<SystemEntry> systems,
		List<Measurement> measurements, List<IdleCost> idle, List<Profile> profiles) {

	Result {
		systems = List.copyOf(systems);
		measurements = List.copyOf(measurements);
		idle = List.copyOf(idle);
		profiles = List.copyOf(profiles);
	}

	/** Returns what a system reached in a workload, if it was measured or has a note. */
	Optional<Measurement> find(String system, String workload) {
		return this.measurements.stream()
			.filter((one) -> one.system().equals(system) && one.workload().equals(workload))
			.findFirst();
	}

	/** Returns the median of a system in a workload, if it was measured. */
	Optional<Double> median(String system, String workload) {
		return find(system, workload).filter(Measurement::isMeasured).map(Measurement::median);
	}

	/**
	 * A system.
	 *
	 * @param name its name
	 * @param settings how it was set up
	 * @param missing why it could not run here; empty if it did
	 */
	record SystemEntry(String name, String settings, String missing) {
	}

}
