package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.gentcp.benchmarks.peer.Workload;

/** The medians of a workload as bars, one for each system that was measured. */
final class Charts {

	private static final int WIDTH = 860;

	private static final int ROW = 20;

	private static final int TOP = 40;

	private static final int LEFT = 220;

	private static final int LONGEST = 540;

	private static final int BAR = 12;

	private static final int GAP = 6;

	private final Result result;

	private final Path folder;

	/**
	 * Makes charts.
	 * @param folder where their files are put
	 */
	Charts(Result result, Path folder) {
		this.result = result;
		this.folder = folder;
	}

	/**
	 * Draws the medians of all systems in a workload.
	 * @return the name of the file; empty if none was measured
	 */
	Optional<String> bars(Workload workload) throws IOException {
		List<Measurement> measured = this.result.measurements()
			.stream()
			.filter((one) -> one.workload().equals(workload.toString()) && one.isMeasured())
			.toList();
		if (measured.isEmpty()) {
			return Optional.empty();
		}
		double most = measured.stream().mapToDouble(Measurement::median).max().orElseThrow();
		Svg svg = new Svg(WIDTH, TOP + ROW * measured.size());
		svg.text(GAP, ROW, "title", "%s: packets a second, median".formatted(workload));
		for (int i = 0; i < measured.size(); i++) {
			Measurement one = measured.get(i);
			double top = TOP + (double) ROW * i;
			double length = LONGEST * one.median() / most;
			svg.text(LEFT - GAP, top + BAR - 1, "end", one.system());
			svg.bar(LEFT, top, length, BAR, one.system().startsWith("gentcp") ? "ours" : "peer");
			svg.text(LEFT + length + GAP, top + BAR - 1, "figure", Figures.of(one.median()));
		}
		String name = workload + ".svg";
		Files.writeString(this.folder.resolve(name), svg.toString());
		return Optional.of(name);
	}

	/**
	 * Draws how a figure grows, a line for each system.
	 * @return the name of the file; empty if no system has two points
	 */
	Optional<String> lines(Curve curve) throws IOException {
		Optional<Svg> svg = new CurveChart(this.result, curve).draw();
		if (svg.isEmpty()) {
			return Optional.empty();
		}
		String name = curve.name() + ".svg";
		Files.writeString(this.folder.resolve(name), svg.get().toString());
		return Optional.of(name);
	}

}
