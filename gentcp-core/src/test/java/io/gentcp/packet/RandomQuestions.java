package io.gentcp.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Questions that reach deep: packets of the type that is asked for, generated or taken
 * from OTP's vectors, then changed a little or not at all, with limits that are close to
 * their sizes. Used by one thread.
 */
final class RandomQuestions {

	/** As often as there is something to be found behind them. */
	private static final List<String> TYPES = List.of("raw", "0", "1", "2", "4", "sunrm", "tpkt", "asn1", "asn1",
			"asn1", "cdr", "cdr", "fcgi", "fcgi", "ssl_tls", "ssl_tls", "line", "line", "line", "http", "http", "http",
			"http", "http_bin", "http_bin", "http_bin", "httph", "httph", "httph", "httph_bin", "httph_bin");

	private final Map<String, List<DecodeQuestion>> vectors = new HashMap<>();

	private final Chance chance;

	private final WirePackets packets;

	RandomQuestions(Chance chance) {
		this.chance = chance;
		this.packets = new WirePackets(chance);
		for (DecodeQuestion question : DecodeQuestion.ofVectors()) {
			this.vectors.computeIfAbsent(question.name(), (name) -> new ArrayList<>()).add(question);
		}
	}

	List<DecodeQuestion> next(int count) {
		List<DecodeQuestion> questions = new ArrayList<>();
		while (questions.size() < count) {
			questions.add(next(this.chance.oneOf(TYPES)));
		}
		return questions;
	}

	/** Streams of a few packets of each type that has borders, in pieces of any size. */
	List<PacketStream> nextStreams(int count) {
		List<String> types = TYPES.stream().filter((type) -> PacketType.of(type).isFramed()).toList();
		return Stream.generate(() -> nextStream(this.chance.oneOf(types))).limit(count).toList();
	}

	private PacketStream nextStream(String type) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int left = this.chance.between(1, 8); left > 0; left--) {
			bytes.writeBytes(this.packets.of(type));
		}
		DecodeQuestion stream = new DecodeQuestion(type, PacketLimits.NONE, bytes.toByteArray());
		if (this.chance.oneIn(3)) {
			Mutation mutation = this.chance.oneOf(Mutation.values());
			stream = stream.withBytes(mutation.apply(stream.bytes(), this.packets.of(type), this.chance));
		}
		// Not without a limit: Erlang allocates whatever is announced.
		int packetSize = this.chance.oneIn(3) ? this.chance.between(32, 300) : 1_000_000;
		PacketLimits limits = new PacketLimits(packetSize, 0, delimiter(stream));
		return new PacketStream(stream.withLimits(limits), pieces(stream.bytes().length));
	}

	private List<Integer> pieces(int size) {
		List<Integer> pieces = new ArrayList<>();
		int largest = this.chance.oneOf(1, 10, 100, 100_000);
		for (int left = size; left > 0; left -= pieces.getLast()) {
			pieces.add(Math.min(left, this.chance.between(1, (size > 5000) ? 100_000 : largest)));
		}
		return pieces;
	}

	private DecodeQuestion next(String type) {
		DecodeQuestion question = example(type);
		for (int left = this.chance.oneOf(0, 0, 0, 1, 1, 2, 3); left > 0; left--) {
			Mutation mutation = this.chance.oneOf(Mutation.values());
			question = question.withBytes(mutation.apply(question.bytes(), example(type).bytes(), this.chance));
		}
		return this.chance.oneIn(4) ? question : question.withLimits(limits(question));
	}

	private DecodeQuestion example(String type) {
		return this.chance.oneIn(3) ? this.chance.oneOf(this.vectors.get(type))
				: new DecodeQuestion(type, PacketLimits.NONE, this.packets.of(type));
	}

	private PacketLimits limits(DecodeQuestion question) {
		boolean hasLines = question.name().equals("line") || question.name().startsWith("http");
		return new PacketLimits(limit(question, 2), limit(question, hasLines ? 2 : 8), delimiter(question));
	}

	/** None, one that is about as large as the packet, or any. */
	private int limit(DecodeQuestion question, int oneIn) {
		if (!this.chance.oneIn(oneIn)) {
			return 0;
		}
		return switch (this.chance.below(4)) {
			case 0 -> this.chance.between(1, 64);
			case 1 -> this.chance.oneOf(1, 2, 255, 65_535, Integer.MAX_VALUE);
			default -> Math.max(0, size(question) - this.chance.oneOf(-1, 0, 1, this.chance.below(16)));
		};
	}

	/** Erlang takes it for lines only. */
	private byte delimiter(DecodeQuestion question) {
		boolean isOther = question.name().equals("line") && this.chance.oneIn(3);
		return (byte) (isOther ? this.chance.oneOf((int) ';', (int) '\r', 0, 255, this.chance.below(256)) : '\n');
	}

	/** How long the first packet is without limits, or what there is of it. */
	private static int size(DecodeQuestion question) {
		ByteBuffer in = ByteBuffer.wrap(question.bytes());
		return switch (question.withLimits(PacketLimits.NONE).codec().decode(in)) {
			case Packet packet -> in.position();
			case More(long total) when total > 0 -> (int) total;
			case More more -> in.remaining();
			case Invalid invalid -> in.remaining();
		};
	}

}
