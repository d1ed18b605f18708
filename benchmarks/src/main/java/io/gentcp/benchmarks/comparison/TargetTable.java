package io.gentcp.benchmarks.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which targets a result reaches, as a table in Markdown. */
final class TargetTable {

	private static final Comparator<Measurement> BY_MEDIAN = Comparator.comparingDouble(Measurement::median);

	private static final Comparator<Measurement> STEADY_FIRST = Comparator.comparing(Measurement::isSteady)
		.thenComparing(BY_MEDIAN);

	private final Result result;

	TargetTable(Result result) {
		this.result = result;
	}

	/**
	 * Returns a row for each target of which both sides were measured. Of ours the best
	 * steady one counts; where none is steady the target is not reached. Of the peers the
	 * best one counts, steady or not.
	 */
	String rows(List<Target> targets) {
		StringBuilder table = new StringBuilder(
				"| workload | gentcp | peer | target | ratio | |\n|---|---|---|---|---|---|\n");
		for (Target target : targets) {
			(target.isIdle() ? idle(target) : packets(target)).ifPresent((row) -> table.append(row).append('\n'));
		}
		return table.toString();
	}

	private Optional<String> packets(Target target) {
		Optional<Measurement> ours = best(target.workload(), target::isOurs, STEADY_FIRST);
		Optional<Measurement> peer = best(target.workload(), target::isPeer, BY_MEDIAN);
		return ours.flatMap((mine) -> peer.map((theirs) -> {
			double ratio = mine.median() / theirs.median();
			String verdict = mine.isSteady() ? verdict(ratio >= target.ratio()) : "not reached: not steady";
			return row(target, mine.system(), theirs.system(), "≥", ratio, verdict);
		}));
	}

	private Optional<Measurement> best(String workload, Predicate<String> systems, Comparator<Measurement> order) {
		return this.result.measurements()
			.stream()
			.filter((one) -> one.workload().equals(workload) && one.isMeasured() && systems.test(one.system()))
			.max(order);
	}

	private Optional<String> idle(Target target) {
		Optional<IdleCost> ours = leanest(target::isOurs);
		Optional<IdleCost> peer = leanest(target::isPeer);
		return ours.flatMap((mine) -> peer.map((theirs) -> {
			double ratio = mine.heap() / theirs.heap();
			return row(target, mine.system(), theirs.system(), "≤", ratio, verdict(ratio <= target.ratio()));
		}));
	}

	private Optional<IdleCost> leanest(Predicate<String> systems) {
		return this.result.idle()
			.stream()
			.filter((cost) -> cost.heap() > 0 && systems.test(cost.system()))
			.min(Comparator.comparingDouble(IdleCost::heap));
	}

	private static String verdict(boolean reached) {
		return reached ? "reached" : "not reached";
	}

	private static String row(Target target, String ours, String peer, String sign, double ratio, String verdict) {
		return "| %s | %s | %s | %s %s | %s | %s |".formatted(target.workload(), ours, peer, sign,
				Figures.digits(target.ratio()), Figures.digits(ratio), verdict);
	}

}
