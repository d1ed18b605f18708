package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.gentcp.benchmarks.peer.JavaPeer;
import io.gentcp.benchmarks.peer.Peer;
import io.gentcp.benchmarks.peer.Workload;

/**
 * Carries a plan out: all systems in turns, one at a time. Each has its processes from
 * its first turn to the end of the run, which stand still between two of its turns. One
 * thread has it.
 */
final class Run implements AutoCloseable {

	/** So many packets have to pass until a system is warm, */
	private static final double WARM = 20_000;

	/** but no more than so many times the length of the warm-up. */
	private static final int LONGEST_WARM_UP = 4;

	private final Plan plan;

	private final Path folder;

	private final Progress progress;

	private final Map<String, Pair> pairs = new LinkedHashMap<>();

	private final Standstill standstill = new Standstill();

	private final Map<Cell, List<Double>> figures = new LinkedHashMap<>();

	private final Map<Cell, String> notes = new LinkedHashMap<>();

	private final List<IdleCost> idle = new ArrayList<>();

	private final List<Profile> profiles = new ArrayList<>();

	/**
	 * Makes a run.
	 * @param folder for what the systems need and print
	 */
	Run(Plan plan, Path folder, Progress progress) {
		this.plan = plan;
		this.folder = folder;
		this.progress = progress;
	}

	/** Measures everything; what fails is noted, and the rest goes on. */
	void measure() {
		if (this.plan.idleConnections() > 0) {
			this.plan.idle().forEach(this::measureIdle);
		}
		for (int round = 0; round <= this.plan.rounds(); round++) {
			for (Plan.Step step : this.plan.steps()) {
				for (Peer peer : step.peers()) {
					measure(peer, step, round);
				}
			}
			// From the first round on. After a warm-up their compilers are still at work.
			this.pairs.values().forEach(this::stop);
		}
		this.plan.profiles().forEach((step) -> step.peers().forEach((peer) -> profile(peer, step)));
	}

	private void profile(Peer peer, Plan.Step step) {
		Workload workload = step.workload();
		Profile profile;
		try {
			// Warm by now, if it was measured.
			Pair pair = pair(peer);
			pair.run(workload, step.warmUp());
			profile = pair.profile(peer.name(), workload, Plan.PROFILE, this.folder);
			stop(pair);
		}
		catch (IOException ex) {
			profile = Profile.failed(peer.name(), workload.toString(), reason(ex));
		}
		this.profiles.add(profile);
		this.progress.done("profile, %s, %s%s".formatted(workload, peer.name(),
				profile.note().isEmpty() ? "" : ": " + profile.note()), step.warmUp().plus(Plan.PROFILE));
	}

	private void measureIdle(Peer peer) {
		IdleCost cost;
		// Processes of its own: what a round leaves in memory would be counted.
		try (Pair pair = Pair.start(peer, this.folder)) {
			cost = pair.idle(peer.name(), this.plan.idleConnections(), peer instanceof JavaPeer, this.folder);
		}
		catch (IOException ex) {
			cost = IdleCost.failed(peer.name(), this.plan.idleConnections(), reason(ex));
		}
		this.idle.add(cost);
		this.progress.done(
				"idle connections, %s: %s".formatted(peer.name(),
						cost.note().isEmpty() ? "%.0f bytes of heap each".formatted(cost.heap()) : cost.note()),
				Plan.IDLE);
	}

	private void measure(Peer peer, Plan.Step step, int round) {
		Workload workload = step.workload();
		Cell cell = new Cell(peer.name(), workload);
		List<Double> rounds = this.figures.computeIfAbsent(cell, (same) -> new ArrayList<>());
		Optional<String> unfit = peer.unfit(workload);
		String outcome;
		if (unfit.isPresent()) {
			this.notes.put(cell, unfit.get());
			outcome = "-";
		}
		else {
			outcome = figure(peer, step, round, cell, rounds);
		}
		String turn = (round == 0) ? "warm-up" : "round %d of %d".formatted(round, this.plan.rounds());
		this.progress.done("%s, %s, %s: %s".formatted(turn, workload, peer.name(), outcome),
				(round == 0) ? step.warmUp() : this.plan.length());
	}

	private String figure(Peer peer, Plan.Step step, int round, Cell cell, List<Double> rounds) {
		try {
			double perSecond;
			if (round == 0) {
				perSecond = warmUp(peer, step);
			}
			else {
				Pair pair = pair(peer);
				perSecond = pair.run(step.workload(), this.plan.length());
				rounds.add(perSecond);
				stop(pair);
			}
			return "%s packets a second".formatted(Figures.of(perSecond));
		}
		catch (IOException ex) {
			this.notes.put(cell, reason(ex));
			// Nobody knows what state its processes are in; the next turn gets new ones.
			Optional.ofNullable(this.pairs.remove(peer.name())).ifPresent(Pair::close);
			return reason(ex);
		}
	}

	private double warmUp(Peer peer, Plan.Step step) throws IOException {
		double perSecond = 0;
		double packets = 0;
		for (int i = 0; i < LONGEST_WARM_UP && packets < WARM; i++) {
			perSecond = pair(peer).run(step.workload(), step.warmUp());
			packets += perSecond * step.warmUp().toNanos() / TimeUnit.SECONDS.toNanos(1);
		}
		return perSecond;
	}

	private static String reason(IOException cause) {
		return String.valueOf(cause.getMessage());
	}

	private Pair pair(Peer peer) throws IOException {
		Pair pair = this.pairs.get(peer.name());
		if (pair == null) {
			pair = Pair.start(peer, this.folder);
			this.pairs.put(peer.name(), pair);
		}
		this.standstill.end(pair.processes());
		return pair;
	}

	private void stop(Pair pair) {
		this.standstill.begin(pair.processes());
	}

	/** Returns what was measured, in the order of the plan. */
	List<Measurement> measurements() {
		return this.figures.entrySet()
			.stream()
			.map((entry) -> new Measurement(entry.getKey().system(), entry.getKey().workload().toString(),
					entry.getValue(), this.notes.getOrDefault(entry.getKey(), "")))
			.toList();
	}

	/** Returns what idle connections cost. */
	List<IdleCost> idle() {
		return List.copyOf(this.idle);
	}

	/** Returns where the processor time went of those who were profiled. */
	List<Profile> profiles() {
		return List.copyOf(this.profiles);
	}

	/** Ends all processes. */
	@Override
	public void close() {
		this.standstill.close();
		this.pairs.values().forEach(Pair::close);
	}

	private record Cell(String system, Workload workload) {
	}

}
