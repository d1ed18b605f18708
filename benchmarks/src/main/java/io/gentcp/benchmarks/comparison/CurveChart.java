package io.gentcp.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.gentcp.benchmarks.peer.Workload;

/** A curve of several systems, with both axes logarithmic. */
final class CurveChart {

	private static final int WIDTH = 860;

	private static final int HEIGHT = 420;

	private static final int LEFT = 70;

	private static final int RIGHT = 660;

	private static final int TOP = 40;

	private static final int BOTTOM = 370;

	private static final int ROW = 20;

	private static final int GAP = 8;

	private static final double TEN = 10;

	private static final List<String> COLOURS = List.of("#0969da", "#cf222e", "#1a7f37", "#9a6700", "#8250df",
			"#bf3989", "#57606a");

	private final Curve curve;

	/** For each system with two points or more: what it reached at each number. */
	private final Map<String, Map<Integer, Double>> lines = new LinkedHashMap<>();

	CurveChart(Result result, Curve curve) {
		this.curve = curve;
		for (Result.SystemEntry system : result.systems()) {
			Map<Integer, Double> points = new TreeMap<>();
			for (Workload workload : curve.workloads()) {
				result.median(system.name(), workload.toString())
					.ifPresent((median) -> points.put(curve.at(workload), curve.height(workload, median)));
			}
			if (points.size() > 1) {
				this.lines.put(system.name(), points);
			}
		}
	}

	/** Returns the drawing; empty if there is no line. */
	Optional<Svg> draw() {
		if (this.lines.isEmpty()) {
			return Optional.empty();
		}
		Svg svg = new Svg(WIDTH, HEIGHT);
		svg.text(LEFT, ROW, "title", this.curve.title());
		double lowest = Math.floor(Math.log10(heights(false)));
		double highest = Math.max(lowest + 1, Math.ceil(Math.log10(heights(true))));
		for (double power = lowest; power <= highest; power++) {
			double top = top(power, lowest, highest);
			svg.axis(LEFT, top, RIGHT, top);
			svg.text(LEFT - GAP, top + GAP / 2.0, "end", Figures.of(Math.pow(TEN, power)));
		}
		for (Workload workload : this.curve.workloads()) {
			svg.text(left(this.curve.at(workload)), BOTTOM + ROW, "middle",
					this.curve.isBytes() ? workload.size() : Integer.toString(this.curve.at(workload)));
		}
		svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 2 * ROW, "middle", this.curve.axis());
		int row = 0;
		for (Map.Entry<String, Map<Integer, Double>> line : this.lines.entrySet()) {
			String colour = COLOURS.get(row % COLOURS.size());
			svg.line(points(line.getValue(), lowest, highest), colour);
			double top = TOP + (double) ROW * row;
			svg.line(List.of(Svg.point(RIGHT + GAP, top), Svg.point(RIGHT + 2.0 * ROW, top)), colour);
			svg.text(RIGHT + 2.0 * ROW + GAP, top + GAP / 2.0, "legend", line.getKey());
			row++;
		}
		return Optional.of(svg);
	}

	private double heights(boolean most) {
		var all = this.lines.values()
			.stream()
			.flatMap((points) -> points.values().stream())
			.mapToDouble(Double::doubleValue);
		return most ? all.max().orElseThrow() : all.min().orElseThrow();
	}

	private List<String> points(Map<Integer, Double> points, double lowest, double highest) {
		return points.entrySet()
			.stream()
			.map((point) -> Svg.point(left(point.getKey()), top(Math.log10(point.getValue()), lowest, highest)))
			.toList();
	}

	private double left(int number) {
		int first = this.curve.at(this.curve.workloads().getFirst());
		int last = this.curve.at(this.curve.workloads().getLast());
		return LEFT + (RIGHT - LEFT) * Math.log((double) number / first) / Math.log((double) last / first);
	}

	private static double top(double power, double lowest, double highest) {
		return BOTTOM - (BOTTOM - TOP) * (power - lowest) / (highest - lowest);
	}

}
