package io.gentcp.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.gentcp.benchmarks.comparison.Result.SystemEntry;
import io.gentcp.benchmarks.peer.Workload;

/** A result as tables in Markdown. */
final class ResultTable {

	private static final String BASE = "c-blocking";

	/** Many connections: one thread for each is not how it is done in C. */
	private static final String BASE_OF_MANY = "c-epoll";

	private final Result result;

	ResultTable(Result result) {
		this.result = result;
	}

	/**
	 * Returns a row for each system and a column for each workload: the median, the ratio
	 * to plain C, the worst and the best round.
	 */
	String medians(List<Workload> workloads) {
		StringBuilder table = new StringBuilder("| system |");
		workloads.forEach((workload) -> table.append(" %s |".formatted(workload)));
		table.append("\n|---|").append("---|".repeat(workloads.size())).append('\n');
		for (SystemEntry system : this.result.systems()) {
			table.append("| %s |".formatted(system.name()));
			workloads.forEach((workload) -> table.append(" %s |".formatted(cell(system, workload))));
			table.append('\n');
		}
		return table.toString();
	}

	private String cell(SystemEntry system, Workload workload) {
		if (!system.missing().isEmpty()) {
			return "not installed";
		}
		Optional<Measurement> found = this.result.find(system.name(), workload.toString());
		if (found.isEmpty()) {
			return "";
		}
		Measurement measurement = found.get();
		if (!measurement.isMeasured()) {
			return measurement.note().isEmpty() ? "" : "-";
		}
		String base = (workload.kind() == Workload.Kind.W2) ? BASE_OF_MANY : BASE;
		String ratio = this.result.median(base, workload.toString())
			.map((median) -> " (%s)".formatted(Figures.digits(measurement.median() / median)))
			.orElse("");
		return "%s%s%s<br>%s–%s".formatted(Figures.of(measurement.median()), ratio, measurement.isSteady() ? "" : " !",
				Figures.of(measurement.worst()), Figures.of(measurement.best()));
	}

	/**
	 * Returns a row for each system that was measured with idle connections, and what the
	 * heap consists of where it is one that has to reach a target.
	 */
	String idle(List<Target> targets) {
		StringBuilder table = new StringBuilder("""
				| system | connections | heap each | of it the JDK's | its own | threads | resident each |
				|---|---|---|---|---|---|---|
				""");
		for (IdleCost cost : this.result.idle()) {
			Map<HeapUse.Part, Double> parts = cost.use().parts();
			table.append("| %s | %d | %s | %s | %s | %s | %s |%n".formatted(cost.system(), cost.connections(),
					bytes(cost, cost.heap()), part(parts, HeapUse.Part.JDK), part(parts, HeapUse.Part.OWN),
					part(parts, HeapUse.Part.THREADS), bytes(cost, cost.resident())));
		}
		return table.append('\n').append(classes(targets)).toString();
	}

	private static String part(Map<HeapUse.Part, Double> parts, HeapUse.Part part) {
		Double bytes = parts.get(part);
		return (bytes != null) ? "%s B".formatted(Figures.of(bytes)) : "-";
	}

	private String classes(List<Target> targets) {
		return this.result.idle()
			.stream()
			.filter((cost) -> !cost.use().classes().isEmpty()
					&& targets.stream().anyMatch((target) -> target.isIdle() && target.isOurs(cost.system())))
			.map((cost) -> "%s: %s.%n".formatted(cost.system(),
					cost.use()
						.classes()
						.stream()
						.map((one) -> "`%s` %s".formatted(one.name(), Figures.of(one.bytes())))
						.collect(Collectors.joining(", "))))
			.collect(Collectors.joining("\n"));
	}

	private static String bytes(IdleCost cost, double bytes) {
		if (!cost.note().isEmpty()) {
			return cost.note();
		}
		return (bytes < 0) ? "-" : "%s B".formatted(Figures.of(bytes));
	}

	/** Returns why cells are empty or marked, and what each system is. */
	String notes() {
		Set<String> lines = new LinkedHashSet<>();
		for (SystemEntry system : this.result.systems()) {
			if (!system.missing().isEmpty()) {
				lines.add("- %s: not installed, %s".formatted(system.name(), system.missing()));
			}
		}
		for (Measurement measurement : this.result.measurements()) {
			if (!measurement.note().isEmpty()) {
				lines.add("- %s, %s: %s".formatted(measurement.system(), measurement.workload(), measurement.note()));
			}
		}
		return String.join("\n", lines) + "\n";
	}

	/** Returns how each system was set up. */
	String settings() {
		List<String> rows = new ArrayList<>(List.of("| system | settings |", "|---|---|"));
		this.result.systems().forEach((system) -> rows.add("| %s | %s |".formatted(system.name(), system.settings())));
		return String.join("\n", rows) + "\n";
	}

}
