package io.gentcp.packet;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many answers of which kind there were, in all and for each packet type. */
final class AnswerCounts {

	/** What an answer may be. */
	enum Kind {

		PACKET, MORE, INVALID, DIFFERENT;

		static Kind of(String answer) {
			if (answer.startsWith("{\"ok\"")) {
				return PACKET;
			}
			return answer.startsWith("{\"more\"") ? MORE : INVALID;
		}

	}

	/** Begins an answer with a packet that is no bytes, up to its name. */
	private static final String TERM = "{\"ok\":[{\"tag\":\"";

	private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);

	private final Map<String, Map<Kind, Integer>> kindsOfTypes = new TreeMap<>();

	private final Map<String, Integer> terms = new TreeMap<>();

	void add(DecodeQuestion question, String answer, Optional<Difference> difference) {
		Kind kind = difference.isPresent() ? Kind.DIFFERENT : Kind.of(answer);
		this.kinds.merge(kind, 1, Integer::sum);
		this.kindsOfTypes.computeIfAbsent(question.name(), (name) -> new EnumMap<>(Kind.class))
			.merge(kind, 1, Integer::sum);
		if (answer.startsWith(TERM)) {
			String name = answer.substring(TERM.length(), answer.indexOf('"', TERM.length()));
			this.terms.merge(name, 1, Integer::sum);
		}
	}

	int of(Kind kind) {
		return this.kinds.getOrDefault(kind, 0);
	}

	/** By the names of packet types. */
	Map<String, Map<Kind, Integer>> ofTypes() {
		return this.kindsOfTypes;
	}

	/** Packets that are no bytes, by their first elements, for instance http_eoh. */
	Map<String, Integer> ofTerms() {
		return this.terms;
	}

	/** For example {@code 6 packets, 2 more, 1 invalid, 1 differ by decision}. */
	@Override
	public String toString() {
		return "%d packets, %d more, %d invalid, %d differ by decision".formatted(of(Kind.PACKET), of(Kind.MORE),
				of(Kind.INVALID), of(Kind.DIFFERENT));
	}

}
