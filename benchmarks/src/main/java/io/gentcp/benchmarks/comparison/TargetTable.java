package io.gentcp.benchmarks.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which targets a result reaches, as a table in Markdown. */
final class TargetTable {

	private final Result result;

	TargetTable(Result result) {
		this.result = result;
	}

	/**
	 * Returns a row for each target of which both sides were measured. One whose worst
	 * round is under half of its median is not reached, whatever its median is.
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
		Optional<Measurement> ours = best(target.workload(), target::isOurs);
		Optional<Measurement> peer = best(target.workload(), target::isPeer);
		return ours.flatMap((mine) -> peer.map((theirs) -> {
			double ratio = mine.median() / theirs.median();
			String verdict = mine.isSteady() ? verdict(ratio >= target.ratio()) : "not reached: not steady";
			return row(target, mine.system(), theirs.system(), "≥", ratio, verdict);
		}));
	}

	private Optional<Measurement> best(String workload, Predicate<String> systems) {
		return this.result.measurements()
			.stream()
			.filter((one) -> one.workload().equals(workload) && one.isMeasured() && systems.test(one.system()))
			.max(Comparator.comparingDouble(Measurement::median));
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
