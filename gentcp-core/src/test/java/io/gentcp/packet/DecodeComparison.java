package io.gentcp.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Erlang and our codecs the same, and keeps what must not be different. We are asked
 * with the whole input, with it cut in two, and now and then byte by byte.
 */
final class DecodeComparison {

	/** So many failures say enough. */
	private static final int SHOWN = 5;

	private static final JsonMapper MAPPER = new JsonMapper();

	private final ErlangAnswers erlang;

	private final Chance chance;

	private final RandomQuestions random;

	private final AnswerCounts counts = new AnswerCounts();

	private final List<String> failures = new ArrayList<>();

	DecodeComparison(ErlangAnswers erlang, Chance chance) {
		this.erlang = erlang;
		this.chance = chance;
		this.random = new RandomQuestions(chance);
	}

	/** Asks so many random questions. */
	void run(int count) {
		List<DecodeQuestion> questions = this.random.next(count);
		List<String> answers = this.erlang.decode(questions);
		for (int i = 0; i < count; i++) {
			DecodeQuestion question = questions.get(i);
			try {
				DecodeVector vector = vector(question, answers.get(i));
				this.counts.add(question, answers.get(i), vector.run(this::presentInPieces));
			}
			catch (RuntimeException | AssertionError ex) {
				if (this.failures.size() < SHOWN) {
					this.failures.add(reproduction(question));
				}
			}
		}
	}

	AnswerCounts counts() {
		return this.counts;
	}

	/** The first failures, each in as few bytes as show it. */
	List<String> failures() {
		return this.failures;
	}

	private void presentInPieces(DecodeVector vector) {
		vector.presentCutAt(this.chance.between(0, vector.question().bytes().length));
		if (this.chance.oneIn(20)) {
			vector.presentByteByByte();
		}
	}

	private String reproduction(DecodeQuestion failing) {
		DecodeQuestion limited = firstToFail(withoutALimit(failing)).orElse(failing);
		DecodeQuestion smallest = limited.withBytes(Shrinking.smallest(limited.bytes(),
				(candidates) -> firstToFail(candidates.stream().map(limited::withBytes).toList())
					.map(DecodeQuestion::bytes)));
		String answer = this.erlang.decode(List.of(smallest)).getFirst();
		return """

				as a row of vectors: %s
				of which we say:     %s
				""".formatted(smallest.row(answer), failure(smallest, answer).orElse("nothing"));
	}

	private static List<DecodeQuestion> withoutALimit(DecodeQuestion question) {
		PacketLimits limits = question.limits();
		PacketLimits none = PacketLimits.NONE.withLineDelimiter(limits.lineDelimiter());
		return Stream.of(none, none.withPacketSize(limits.packetSize()), none.withLineLength(limits.lineLength()))
			.map(question::withLimits)
			.toList();
	}

	private Optional<DecodeQuestion> firstToFail(List<DecodeQuestion> questions) {
		List<String> answers = this.erlang.decode(questions);
		return IntStream.range(0, questions.size())
			.filter((i) -> failure(questions.get(i), answers.get(i)).isPresent())
			.mapToObj(questions::get)
			.findFirst();
	}

	private static Optional<String> failure(DecodeQuestion question, String answer) {
		try {
			vector(question, answer).run();
			return Optional.empty();
		}
		catch (RuntimeException | AssertionError ex) {
			return Optional.of(ex.toString());
		}
	}

	private static DecodeVector vector(DecodeQuestion question, String answer) {
		return DecodeVector.of(question, MAPPER.readTree(answer));
	}

}
