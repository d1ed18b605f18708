package io.gentcp.benchmarks.comparison;

import java.time.Duration;
import java.util.List;

import io.gentcp.benchmarks.peer.Peer;
import io.gentcp.benchmarks.peer.Workload;

/**
 * What is to be measured.
 *
 * @param steps what is done in each round, in this order
 * @param rounds how often
 * @param length of a workload in a round
 * @param idle which systems are measured with idle connections
 * @param idleConnections how many; 0 for no such measurement
 * @param profiles which workloads are profiled afterwards, and of whom
 */
record Plan(List<Step> steps, int rounds, Duration length, List<Peer> idle, int idleConnections, List<Step> profiles) {

	/** About how long idle connections take: most of it until all are open. */
	static final Duration IDLE = Duration.ofSeconds(10);

	static final Duration PROFILE = Duration.ofSeconds(4);

	Plan {
		steps = List.copyOf(steps);
		idle = List.copyOf(idle);
		profiles = List.copyOf(profiles);
	}

	/** How many measurements there are, the warm-up included. */
	int size() {
		int each = this.steps.stream().mapToInt((step) -> step.peers().size()).sum();
		int idle = (this.idleConnections > 0) ? this.idle.size() : 0;
		return each * (1 + this.rounds) + idle + this.profiles.size();
	}

	/** About how long everything takes. */
	Duration time() {
		Duration time = Duration.ZERO;
		for (Step step : this.steps) {
			Duration rounds = step.warmUp().plus(this.length.multipliedBy(this.rounds));
			time = time.plus(rounds.multipliedBy(step.peers().size()));
		}
		for (Step step : this.profiles) {
			time = time.plus(step.warmUp().plus(PROFILE).multipliedBy(step.peers().size()));
		}
		return (this.idleConnections > 0) ? time.plus(IDLE.multipliedBy(this.idle.size())) : time;
	}

	/**
	 * A workload, and who does it.
	 *
	 * @param workload what is done
	 * @param peers who does it, one after the other
	 * @param warmUp length in the round before the first, which does not count
	 */
	record Step(Workload workload, List<Peer> peers, Duration warmUp) {

		Step {
			peers = List.copyOf(peers);
		}

	}

}
