package io.gentcp.benchmarks.comparison;

import java.util.Locale;

/** Figures as people read them: three digits, and what they count in. */
final class Figures {

	private static final double KILO = 1000;

	private static final double MEGA = KILO * KILO;

	private static final double HUNDRED = 100;

	private static final double TEN = 10;

	private Figures() {
	}

	/** Returns 18.0k for 18,000. */
	static String of(double figure) {
		if (figure >= MEGA) {
			return digits(figure / MEGA) + "M";
		}
		return (figure >= KILO) ? digits(figure / KILO) + "k" : digits(figure);
	}

	/** Returns 1.85 for 1.8512, and 18.5 for 18.512. */
	static String digits(double figure) {
		String format = (figure >= HUNDRED) ? "%.0f" : (figure >= TEN) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, format, figure);
	}

}
