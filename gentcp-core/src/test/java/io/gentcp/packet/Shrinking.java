package io.gentcp.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes a question that fails as small as it gets: without limits that do not matter,
 * then without bytes that do not.
 *
 * @param firstToFail of some questions the first that fails as well, asked all at once
 * because asking takes a while
 */
record Shrinking(Function<List<DecodeQuestion>, Optional<DecodeQuestion>> firstToFail) {

	DecodeQuestion smallest(DecodeQuestion failing) {
		DecodeQuestion smallest = this.firstToFail.apply(withoutALimit(failing)).orElse(failing);
		int size = Math.max(1, smallest.bytes().length / 2);
		while (size > 0) {
			Optional<DecodeQuestion> smaller = this.firstToFail.apply(without(size, smallest));
			size = smaller.isPresent() ? size : size / 2;
			smallest = smaller.orElse(smallest);
		}
		return smallest;
	}

	private static List<DecodeQuestion> withoutALimit(DecodeQuestion question) {
		PacketLimits limits = question.limits();
		PacketLimits onlyDelimiter = PacketLimits.NONE.withLineDelimiter(limits.lineDelimiter());
		return Stream
			.of(PacketLimits.NONE, onlyDelimiter, onlyDelimiter.withPacketSize(limits.packetSize()),
					onlyDelimiter.withLineLength(limits.lineLength()), limits.withLineDelimiter((byte) '\n'))
			.map(question::withLimits)
			.toList();
	}

	/** The question with so many bytes less, wherever they are. */
	private static List<DecodeQuestion> without(int size, DecodeQuestion question) {
		byte[] bytes = question.bytes();
		List<DecodeQuestion> shorter = new ArrayList<>();
		for (int from = 0; from + size <= bytes.length; from += Math.max(1, size / 2)) {
			byte[] rest = Arrays.copyOf(bytes, bytes.length - size);
			System.arraycopy(bytes, from + size, rest, from, bytes.length - size - from);
			shorter.add(question.withBytes(rest));
		}
		return shorter;
	}

}
