package io.gentcp.packet;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices that a seed repeats. Used by one thread. */
final class Chance {

	/** Sizes at which something begins or ends. */
	private static final int[] SIZES = { 0, 1, 2, 3, 5, 8, 13, 33, 127, 128, 255, 256 };

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

	private final SplittableRandom random;

	Chance(long seed) {
		this.random = new SplittableRandom(seed);
	}

	boolean oneIn(int times) {
		return this.random.nextInt(times) == 0;
	}

	/** From zero up to the bound, which is not drawn. */
	int below(int bound) {
		return this.random.nextInt(bound);
	}

	/** Both ends are drawn. */
	int between(int least, int most) {
		return this.random.nextInt(least, most + 1);
	}

	/** Any number of so many bits. */
	long bits(int count) {
		return this.random.nextLong() >>> (64 - count);
	}

	@SafeVarargs
	final <T> T oneOf(T... choices) {
		return choices[below(choices.length)];
	}

	<T> T oneOf(List<T> choices) {
		return choices.get(below(choices.size()));
	}

	/** The size of a body: mostly small, seldom large. */
	int size() {
		if (oneIn(1000)) {
			return below(70_000);
		}
		return oneIn(3) ? SIZES[below(SIZES.length)] : below(48);
	}

	byte[] bytes(int size) {
		byte[] bytes = new byte[size];
		this.random.nextBytes(bytes);
		return bytes;
	}

	/** Letters, digits and what else names are made of. */
	String name() {
		StringBuilder name = new StringBuilder();
		for (int left = between(1, 12); left > 0; left--) {
			name.append(LETTERS.charAt(below(LETTERS.length())));
		}
		return name.toString();
	}

	/** Characters that are a byte each, of any value. */
	String latin1() {
		StringBuilder text = new StringBuilder();
		for (int left = below(5); left > 0; left--) {
			text.append((char) below(256));
		}
		return text.toString();
	}

}
