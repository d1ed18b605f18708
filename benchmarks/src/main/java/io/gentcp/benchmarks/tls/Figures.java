package io.gentcp.benchmarks.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one kind of work gave, turn by turn: how much in a second. */
final class Figures {

	private final String what;

	private final List<Double> gentcp = new ArrayList<>();

	private final List<Double> netty = new ArrayList<>();

	Figures(String what) {
		this.what = what;
	}

	void add(double ofGentcp, double ofNetty) {
		this.gentcp.add(ofGentcp);
		this.netty.add(ofNetty);
	}

	/** Returns gentcp's median divided by Netty's: above 1, gentcp does more. */
	double ratio() {
		return median(this.gentcp) / median(this.netty);
	}

	private static double median(List<Double> figures) {
		List<Double> sorted = figures.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	static String header() {
		return String.format(Locale.ROOT, "%-28s %12s %12s %14s   %s", "in a second, median", "gentcp", "netty",
				"gentcp/netty", "least to most: gentcp, netty");
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%-28s %,12.0f %,12.0f %14.2f   %s, %s", this.what, median(this.gentcp),
				median(this.netty), ratio(), range(this.gentcp), range(this.netty));
	}

	private static String range(List<Double> figures) {
		List<Double> sorted = figures.stream().sorted().toList();
		return String.format(Locale.ROOT, "%,.0f-%,.0f", sorted.getFirst(), sorted.getLast());
	}

}
