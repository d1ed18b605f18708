package io.gentcp.benchmarks.comparison;

import java.util.stream.Collectors;

import io.gentcp.benchmarks.comparison.ProcessorTime.Part;

/** A profile as a table in Markdown. */
final class ProfileTable {

	private static final double PERCENT = 100;

	private final Profile profile;

	ProfileTable(Profile profile) {
		this.profile = profile;
	}

	String markdown() {
		if (!this.profile.note().isEmpty()) {
			return "%s, %s: %s%n%n".formatted(this.profile.workload(), this.profile.system(), this.profile.note());
		}
		StringBuilder table = new StringBuilder(
				"**%s, %s**, %s packets a second while it was profiled%n%n| | server | client |%n|---|---|---|%n"
					.formatted(this.profile.workload(), this.profile.system(), Figures.of(this.profile.perSecond())));
		for (Part part : Part.values()) {
			double server = this.profile.server().parts().getOrDefault(part, 0.0);
			double client = this.profile.client().parts().getOrDefault(part, 0.0);
			if (server > 0 || client > 0) {
				table.append("| %s | %s | %s |%n".formatted(part, percent(server), percent(client)));
			}
		}
		table.append("| samples | %d | %d |%n%n".formatted(this.profile.server().samples(),
				this.profile.client().samples()));
		table.append("Server: %s.%n%nClient: %s.%n%n".formatted(methods(this.profile.server()),
				methods(this.profile.client())));
		return table.toString();
	}

	private static String methods(ProcessorTime time) {
		return time.methods()
			.stream()
			.map((one) -> "`%s` %s".formatted(withoutPackage(one.method()), percent(one.share())))
			.collect(Collectors.joining(", "));
	}

	private static String withoutPackage(String method) {
		int type = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
		return method.substring(type + 1);
	}

	private static String percent(double share) {
		return "%.0f %%".formatted(PERCENT * share);
	}

}
