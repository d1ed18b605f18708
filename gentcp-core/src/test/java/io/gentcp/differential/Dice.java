package io.gentcp.differential;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random choices; the same seed makes the same ones. */
record Dice(RandomGenerator random) {

	static Dice of(long seed) {
		return new Dice(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
	}

	/** Whether something is to be that happens once in so many times. */
	boolean oneIn(int count) {
		return between(1, count) == 1;
	}

	int between(int least, int most) {
		return this.random.nextInt(least, most + 1);
	}

	<T> T oneOf(List<T> all) {
		return all.get(between(0, all.size() - 1));
	}

	/** Returns at least one of them. */
	<T> List<T> some(List<T> all) {
		List<T> some = all.stream().filter((one) -> oneIn(2)).toList();
		return some.isEmpty() ? all : some;
	}

	/** Returns upper case letters; what the socket under test sends is in lower case. */
	String letters(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> String.valueOf((char) between('A', 'Z')))
			.collect(Collectors.joining());
	}

}
