package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Erlang has answered. A codec must answer the same when the bytes come whole, in
 * two pieces, and one by one.
 *
 * @param answer the row's result as it stands there, for instance {@code {"more":9}}
 * @param total the length of the packet, zero if the row does not give it
 */
record DecodeVector(DecodeQuestion question, String answer, long total) implements Vector {

	static final String INVALID = "{\"error\":\"invalid\"}";

	private static final HexFormat HEX = HexFormat.of();

	/**
	 * Of http, an empty line: the only one that is a packet before anything follows it.
	 */
	private static final Set<String> EMPTY_LINES = Set.of("0a", "0d0a");

	/** The check in this row, or none if it is no decode row or of a type not known. */
	static Optional<DecodeVector> of(VectorRow row) {
		JsonNode result = row.json().path("result");
		return DecodeQuestion.of(row).filter((question) -> isAnswer(result)).map((question) -> of(question, result));
	}

	/** An answer that Erlang has given to this question. */
	static DecodeVector of(DecodeQuestion question, JsonNode result) {
		return new DecodeVector(question, result.toString(), total(result, question.bytes()));
	}

	@Override
	@CanIgnoreReturnValue
	public Optional<Difference> run() {
		return run(DecodeVector::runInPieces);
	}

	/** Compares the answers to the whole, then those to pieces with what is ours. */
	Optional<Difference> run(Consumer<DecodeVector> inPieces) {
		String ours = this.question.answer();
		if (ours.equals(this.answer)) {
			inPieces.accept(this);
			return Optional.empty();
		}
		Optional<Difference> difference = Difference.between(this.question.type(), bytes(), ours, this.answer);
		assertThat(difference).as("%s%n is our answer, OTP's is%n%s", ours, this.answer).isNotEmpty();
		inPieces.accept(new DecodeVector(this.question, ours, this.total));
		return difference;
	}

	private void runInPieces() {
		for (BufferShape shape : BufferShape.values()) {
			present("whole, " + shape, shape.around(bytes()), bytes().length);
		}
		for (int cut = 0; cut < bytes().length; cut++) {
			presentCutAt(cut);
		}
		presentByteByByte();
	}

	void presentCutAt(int cut) {
		present("cut at " + cut, BufferShape.HEAP.around(bytes()), cut, bytes().length);
	}

	void presentByteByByte() {
		int[] ends = IntStream.rangeClosed(0, bytes().length).toArray();
		present("byte by byte", BufferShape.DIRECT.around(bytes()), ends);
	}

	/** Presents the bytes up to each end in turn, all to one codec. */
	private void present(String how, ByteBuffer in, int... ends) {
		PacketType type = this.question.type();
		PacketCodec codec = this.question.codec();
		int start = in.position();
		for (int end : ends) {
			int before = in.position();
			in.limit(start + end);
			DecodeResult result = codec.decode(in);
			if (!(result instanceof Packet)) {
				assertThat(in.position()).as("%s: position after %s", how, result).isEqualTo(before);
			}
			if (!type.isFramed()) {
				assertThat(text(result, in)).as(how).isEqualTo(answerToPiece(before - start, end));
			}
			else if (end < bytes().length && result instanceof More(long total)) {
				assertThat(total).as("%s: total, of %d bytes at hand", how, end).isIn(0L, this.total);
				assertThat(total == 0 || total > end).as("%s: %s, of %d bytes at hand", how, result, end).isTrue();
			}
			else {
				in.limit(start + bytes().length);
				assertThat(text(result, in)).as(how).isEqualTo(answerAt(end));
				return;
			}
		}
	}

	/** Without packet borders every piece is a packet. */
	private String answerToPiece(int from, int end) {
		if (end - from == bytes().length) {
			return this.answer;
		}
		return (from < end) ? PacketJson.ok(bytesAsJson(from, end), "") : "{\"more\":\"undefined\"}";
	}

	/**
	 * Erlang, asked after the first piece, does not know either what the second brings: a
	 * line that is not yet longer than packet_size is cut at line_length; and an empty
	 * line of http is a packet while nothing is behind it, even if it is too long, but
	 * its first half is not.
	 */
	private String answerAt(int end) {
		PacketType type = this.question.type();
		PacketLimits limits = this.question.limits();
		boolean isInvalid = this.answer.startsWith("{\"error\"");
		int cut = limits.lineLength();
		if (isInvalid && type.equals(PacketType.LINE) && cut > 0 && cut <= end && end <= limits.packetSize()) {
			return ok(bytesAsJson(0, cut), cut);
		}
		String first = HEX.formatHex(bytes(), 0, end);
		boolean isHttp = type.delivers() == HttpPacket.class;
		if (isHttp && isInvalid && EMPTY_LINES.contains(first)) {
			Packet packet = type.name().startsWith("httph") ? HttpPacket.EndOfHeaders.INSTANCE
					: new HttpPacket.Error((end == 1) ? "\n" : "\r\n");
			return ok(PacketJson.of(type).json(packet), end);
		}
		int limit = (limits.packetSize() > 0) ? limits.packetSize() : cut;
		return (isHttp && first.equals("0d") && limit == 1) ? INVALID : this.answer;
	}

	private String bytesAsJson(int from, int to) {
		return "\"%s\"".formatted(HEX.formatHex(bytes(), from, to));
	}

	private String ok(String packet, int end) {
		return PacketJson.ok(packet, HEX.formatHex(bytes(), end, bytes().length));
	}

	private String text(DecodeResult result, ByteBuffer in) {
		return PacketJson.of(this.question.type()).json(result, in);
	}

	private byte[] bytes() {
		return this.question.bytes();
	}

	private static boolean isAnswer(JsonNode result) {
		if (result.size() != 1) {
			return false;
		}
		JsonNode ok = result.path("ok");
		JsonNode more = result.path("more");
		boolean isPacket = ok.path(0).isString() || ok.path(0).has("tag");
		return ok.size() == 2 && isPacket && ok.path(1).isString() || more.isIntegralNumber()
				|| more.asString("").equals("undefined") || result.path("error").isString();
	}

	private static long total(JsonNode result, byte[] bytes) {
		if (result.has("ok")) {
			return bytes.length - result.path("ok").path(1).asString().length() / 2;
		}
		return result.path("more").asLong(0);
	}

}
