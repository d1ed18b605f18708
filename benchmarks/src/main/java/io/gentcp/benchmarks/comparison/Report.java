package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.gentcp.benchmarks.peer.Workload;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a result down: figures as JSON, tables as Markdown, charts as SVG. */
final class Report {

	private static final String NAME = "performance";

	private final Result result;

	private final List<Workload> table;

	/**
	 * Makes a report.
	 * @param table the workloads that are columns of the table; others are only points of
	 * curves
	 */
	Report(Result result, List<Workload> table) {
		this.result = result;
		this.table = List.copyOf(table);
	}

	/**
	 * Writes all files into a folder: {@code performance.json}, {@code performance.md},
	 * and the charts into a folder {@code performance} beside them.
	 * @return what was written as Markdown
	 */
	String write(Path folder) throws IOException {
		Files.createDirectories(folder);
		JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Files.writeString(folder.resolve(NAME + ".json"), json.writeValueAsString(this.result) + "\n");
		String markdown = markdown(folder.resolve(NAME));
		Files.writeString(folder.resolve(NAME + ".md"), markdown);
		return markdown;
	}

	/**
	 * Returns the tables, and draws the charts that they show.
	 * @param charts the folder for them, whose name is in the links
	 */
	String markdown(Path charts) throws IOException {
		Files.createDirectories(charts);
		ResultTable tables = new ResultTable(this.result);
		StringBuilder page = new StringBuilder(conditions());
		page.append("\n### Packets a second\n\n").append(tables.medians(this.table));
		page.append("\n### Targets\n\n").append(new TargetTable(this.result).rows(Target.all()));
		if (!this.result.idle().isEmpty()) {
			page.append("\n### Idle connections\n\n").append(tables.idle(Target.all()));
		}
		if (!this.result.profiles().isEmpty()) {
			page.append("\n### Where the processor time goes\n\n");
			this.result.profiles().forEach((profile) -> page.append(new ProfileTable(profile).markdown()));
		}
		page.append("\n### How cost grows\n\n").append(curves(charts));
		page.append("\n### Charts\n\n").append(bars(charts));
		page.append("\n### Notes\n\n").append(tables.notes());
		page.append("\n### Settings\n\n").append(tables.settings());
		return page.toString();
	}

	private String conditions() {
		Machine machine = this.result.machine();
		return """
				%d processors, %s, %s, every JVM with `%s`.
				Rounds: %d of %d ms for each workload, after %d ms that do not count.
				Each cell: median (ratio to plain C), worst–best round. `!` means that the worst round is under half
				of the median, or that one failed.
				""".formatted(machine.processors(), machine.system(), machine.jdk(), machine.options(),
				this.result.rounds(), this.result.roundMillis(), this.result.warmUpMillis());
	}

	private String curves(Path folder) throws IOException {
		Charts charts = new Charts(this.result, folder);
		StringBuilder links = new StringBuilder();
		for (Curve curve : Curve.all()) {
			append(links, charts.lines(curve), curve.title(), folder);
		}
		return links.isEmpty() ? "Not measured in this run.\n" : links.toString();
	}

	private String bars(Path folder) throws IOException {
		Charts charts = new Charts(this.result, folder);
		StringBuilder links = new StringBuilder();
		for (Workload workload : this.table) {
			append(links, charts.bars(workload), workload.toString(), folder);
		}
		return links.toString();
	}

	private static void append(StringBuilder links, Optional<String> file, String title, Path folder) {
		file.ifPresent((name) -> links.append("![%s](%s/%s)%n".formatted(title, folder.getFileName(), name)));
	}

}
