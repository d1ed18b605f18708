package io.gentcp.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes bytes with which something fails as few as they get. */
final class Shrinking {

	private Shrinking() {
	}

	/**
	 * Leaves out what does not matter.
	 * @param firstToFail of some candidates the first that fails as well; all are asked
	 * at once, because asking may take a while
	 */
	static byte[] smallest(byte[] failing, Function<List<byte[]>, Optional<byte[]>> firstToFail) {
		byte[] smallest = failing;
		int size = Math.max(1, failing.length / 2);
		while (size > 0) {
			Optional<byte[]> smaller = firstToFail.apply(without(size, smallest));
			size = smaller.isPresent() ? size : size / 2;
			smallest = smaller.orElse(smallest);
		}
		return smallest;
	}

	/** So many bytes less, wherever they are. */
	private static List<byte[]> without(int size, byte[] bytes) {
		List<byte[]> shorter = new ArrayList<>();
		for (int from = 0; from + size <= bytes.length; from += Math.max(1, size / 2)) {
			byte[] rest = Arrays.copyOf(bytes, bytes.length - size);
			System.arraycopy(bytes, from + size, rest, from, bytes.length - size - from);
			shorter.add(rest);
		}
		return shorter;
	}

}
