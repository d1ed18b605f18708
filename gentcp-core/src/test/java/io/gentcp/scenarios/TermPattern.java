package io.gentcp.scenarios;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A term in which an underscore stands for anything. A list that begins with a star says
 * only what some of its elements are, each a tuple that is known by its first element.
 */
record TermPattern(String text) {

	static final String ANYTHING = "_";

	private static final String SOME = "*";

	boolean matches(String term) {
		return matches(this.text, term);
	}

	private static boolean matches(String pattern, String term) {
		if (pattern.equals(ANYTHING) || pattern.equals(term)) {
			return true;
		}
		List<String> expected = elements(pattern);
		List<String> actual = elements(term);
		return haveOneShape(pattern, term)
				&& IntStream.range(0, expected.size()).allMatch((i) -> matches(expected.get(i), actual.get(i)));
	}

	/**
	 * Whether our term is what this says, and OTP's where this says nothing, as far as
	 * there is such an element.
	 */
	boolean explains(String ours, String otp) {
		return explains(this.text, ours, otp);
	}

	private static boolean explains(String pattern, String ours, String otp) {
		if (pattern.equals(ANYTHING)) {
			return matches(ours, otp);
		}
		if (pattern.equals(ours)) {
			return true;
		}
		List<String> parts = elements(pattern);
		List<String> our = elements(ours);
		List<String> their = haveOneShape(ours, otp) ? elements(otp) : our;
		return haveOneShape(pattern, ours)
				&& IntStream.range(0, parts.size()).allMatch((i) -> explains(parts.get(i), our.get(i), their.get(i)));
	}

	/** Returns it with as many elements as the term has, if it says only some. */
	TermPattern expandedTo(String term) {
		List<String> parts = elements(this.text);
		if (parts.isEmpty() || !parts.getFirst().equals(SOME)) {
			return this;
		}
		List<String> keys = elements(term).stream().map(TermPattern::key).toList();
		List<String> all = new ArrayList<>(Collections.nCopies(keys.size(), ANYTHING));
		parts.stream().skip(1).forEach((part) -> all.set(keys.indexOf(key(part)), part));
		return new TermPattern("[%s]".formatted(String.join(",", all)));
	}

	private static String key(String tuple) {
		return elements(tuple).getFirst();
	}

	/** Returns what says all that both say. */
	TermPattern and(TermPattern other) {
		return new TermPattern(both(this.text, other.text));
	}

	private static String both(String one, String other) {
		if (one.equals(ANYTHING) || one.equals(other)) {
			return other;
		}
		if (other.equals(ANYTHING)) {
			return one;
		}
		if (!haveOneShape(one, other)) {
			throw new IllegalArgumentException("%s and %s say two things".formatted(one, other));
		}
		List<String> ones = elements(one);
		List<String> others = elements(other);
		List<String> both = IntStream.range(0, ones.size()).mapToObj((i) -> both(ones.get(i), others.get(i))).toList();
		return one.charAt(0) + String.join(",", both) + one.charAt(one.length() - 1);
	}

	private static boolean haveOneShape(String one, String other) {
		List<String> elements = elements(one);
		return !elements.isEmpty() && elements.size() == elements(other).size() && one.charAt(0) == other.charAt(0);
	}

	/** Returns the elements of a tuple or list, none of anything else. */
	private static List<String> elements(String term) {
		List<String> elements = new ArrayList<>();
		if (!term.startsWith("{") && !term.startsWith("[")) {
			return elements;
		}
		int depth = 0;
		int start = 1;
		boolean quoted = false;
		for (int i = 0; i < term.length(); i++) {
			char one = term.charAt(i);
			quoted ^= one == '"';
			if (quoted) {
				continue;
			}
			depth += ("{[<".indexOf(one) >= 0) ? 1 : 0;
			depth -= ("}]>".indexOf(one) >= 0) ? 1 : 0;
			if ((one == ',' && depth == 1) || depth == 0) {
				elements.add(term.substring(start, i));
				start = i + 1;
			}
		}
		return elements;
	}

}
