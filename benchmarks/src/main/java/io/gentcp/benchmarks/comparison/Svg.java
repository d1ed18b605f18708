package io.gentcp.benchmarks.comparison;

import java.util.List;
import java.util.Locale;

/**
 * A drawing in SVG with a few shapes and real text, so that it stays small. Its colours
 * follow the reader's choice of a light or a dark page. One thread has it.
 */
final class Svg {

	private static final String STYLE = """
			<style>
			text { font: 12px sans-serif; fill: #24292f; }
			.end { text-anchor: end; } .middle { text-anchor: middle; } .title { font-weight: bold; }
			.axis { stroke: #8c959f; stroke-width: 1; } .ours { fill: #0969da; } .peer { fill: #8c959f; }
			.line { fill: none; stroke-width: 2; }
			@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .ours { fill: #58a6ff; } }
			</style>
			""";

	private final StringBuilder shapes = new StringBuilder();

	private final int width;

	private final int height;

	Svg(int width, int height) {
		this.width = width;
		this.height = height;
	}

	void text(double left, double top, String kind, String text) {
		add("<text x='%s' y='%s' class='%s'>%s</text>".formatted(number(left), number(top), kind,
				text.replace("&", "&amp;").replace("<", "&lt;")));
	}

	void bar(double left, double top, double width, double height, String kind) {
		add("<rect x='%s' y='%s' width='%s' height='%s' class='%s'/>".formatted(number(left), number(top),
				number(width), number(height), kind));
	}

	void axis(double fromLeft, double fromTop, double toLeft, double toTop) {
		add("<line x1='%s' y1='%s' x2='%s' y2='%s' class='axis'/>".formatted(number(fromLeft), number(fromTop),
				number(toLeft), number(toTop)));
	}

	/**
	 * Draws a line.
	 * @param points each made by {@link #point}
	 */
	void line(List<String> points, String colour) {
		add("<polyline points='%s' class='line' stroke='%s'/>".formatted(String.join(" ", points), colour));
	}

	static String point(double left, double top) {
		return number(left) + "," + number(top);
	}

	/** In the same way whatever the reader's language is. */
	private static String number(double number) {
		return String.format(Locale.ROOT, "%.1f", number);
	}

	private void add(String shape) {
		this.shapes.append(shape).append('\n');
	}

	/** Returns the file. */
	@Override
	public String toString() {
		return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n%s%s</svg>%n"
			.formatted(this.width, this.height, this.width, this.height, STYLE, this.shapes);
	}

}
