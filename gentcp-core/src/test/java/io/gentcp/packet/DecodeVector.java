package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code erlang:decode_packet(Type, Bytes, Options)} has answered. A codec must
 * answer the same when the bytes come whole, in two pieces, and one by one.
 *
 * @param answer the row's result as it stands there, for instance {@code {"more":9}}
 * @param total the length of the packet, zero if the row does not give it
 */
record DecodeVector(PacketType type, PacketLimits limits, byte[] bytes, String answer, long total) implements Vector {

	private static final HexFormat HEX = HexFormat.of();

	private static final Set<String> OPTIONS = Set.of("packet_size", "line_length", "line_delimiter");

	private static final String INVALID = "{\"error\":\"invalid\"}";

	/**
	 * Of http, an empty line: the only one that is a packet before anything follows it.
	 */
	private static final Set<String> EMPTY_LINES = Set.of("0a", "0d0a");

	/** The check in this row, or none if it is no decode row or of a type not known. */
	static Optional<DecodeVector> of(VectorRow row) {
		JsonNode in = row.json().path("in");
		JsonNode options = row.json().path("opts");
		JsonNode result = row.json().path("result");
		if (!in.isString() || !areOptions(options) || !isAnswer(result)) {
			return Optional.empty();
		}
		byte[] bytes = HEX.parseHex(in.asString());
		return row.packetType()
			.map((type) -> new DecodeVector(type, limits(options), bytes, result.toString(), total(result, bytes)));
	}

	@Override
	public Optional<Difference> run() {
		ByteBuffer in = ByteBuffer.wrap(this.bytes);
		String ours = text(this.type.codec(this.limits).decode(in), in);
		if (ours.equals(this.answer)) {
			runInPieces();
			return Optional.empty();
		}
		Optional<Difference> difference = Difference.between(this.type, this.bytes, ours, this.answer);
		assertThat(difference).as("%s%n is our answer, OTP's is%n%s", ours, this.answer).isNotEmpty();
		new DecodeVector(this.type, this.limits, this.bytes, ours, this.total).runInPieces();
		return difference;
	}

	private void runInPieces() {
		for (BufferShape shape : BufferShape.values()) {
			present("whole, " + shape, shape.around(this.bytes), this.bytes.length);
		}
		for (int cut = 0; cut < this.bytes.length; cut++) {
			present("cut at " + cut, BufferShape.HEAP.around(this.bytes), cut, this.bytes.length);
		}
		int[] ends = IntStream.rangeClosed(0, this.bytes.length).toArray();
		present("byte by byte", BufferShape.DIRECT.around(this.bytes), ends);
	}

	/** Presents the bytes up to each end in turn, all to one codec. */
	private void present(String how, ByteBuffer in, int... ends) {
		PacketCodec codec = this.type.codec(this.limits);
		int start = in.position();
		for (int end : ends) {
			int before = in.position();
			in.limit(start + end);
			DecodeResult result = codec.decode(in);
			if (!(result instanceof Packet)) {
				assertThat(in.position()).as("%s: position after %s", how, result).isEqualTo(before);
			}
			if (!this.type.isFramed()) {
				assertThat(text(result, in)).as(how).isEqualTo(answerToPiece(before - start, end));
			}
			else if (end < this.bytes.length && result instanceof More(long total)) {
				assertThat(total).as("%s: total, of %d bytes at hand", how, end).isIn(0L, this.total);
				assertThat(total == 0 || total > end).as("%s: %s, of %d bytes at hand", how, result, end).isTrue();
			}
			else {
				in.limit(start + this.bytes.length);
				assertThat(text(result, in)).as(how).isEqualTo(answerAt(end));
				return;
			}
		}
	}

	/** Without packet borders every piece is a packet. */
	private String answerToPiece(int from, int end) {
		if (end - from == this.bytes.length) {
			return this.answer;
		}
		return (from < end) ? ok(bytesAsJson(from, end), "") : "{\"more\":\"undefined\"}";
	}

	/**
	 * Erlang, asked after the first piece, does not know either what the second brings: a
	 * line that is not yet longer than packet_size is cut at line_length; and an empty
	 * line of http is a packet while nothing is behind it, even if it is too long, but
	 * its first half is not.
	 */
	private String answerAt(int end) {
		boolean isInvalid = this.answer.startsWith("{\"error\"");
		int cut = this.limits.lineLength();
		if (isInvalid && this.type.equals(PacketType.LINE) && cut > 0 && cut <= end
				&& end <= this.limits.packetSize()) {
			return ok(bytesAsJson(0, cut), cut);
		}
		String first = HEX.formatHex(this.bytes, 0, end);
		boolean isHttp = this.type.delivers() == HttpPacket.class;
		if (isHttp && isInvalid && EMPTY_LINES.contains(first)) {
			Packet packet = this.type.name().startsWith("httph") ? HttpPacket.EndOfHeaders.INSTANCE
					: new HttpPacket.Error((end == 1) ? "\n" : "\r\n");
			return ok(PacketJson.of(this.type).json(packet), end);
		}
		boolean isHalf = isHttp && first.equals("0d") && Math.max(this.limits.packetSize(), cut) == 1;
		return isHalf ? INVALID : this.answer;
	}

	private String bytesAsJson(int from, int to) {
		return "\"%s\"".formatted(HEX.formatHex(this.bytes, from, to));
	}

	private String ok(String packet, int end) {
		return ok(packet, HEX.formatHex(this.bytes, end, this.bytes.length));
	}

	/** The result and the bytes that are left, as a row has them. */
	private String text(DecodeResult result, ByteBuffer in) {
		return switch (result) {
			case Packet packet -> ok(PacketJson.of(this.type).json(packet), HEX.formatHex(bytesOf(in)));
			case More(long total) -> (total > 0) ? "{\"more\":%d}".formatted(total) : "{\"more\":\"undefined\"}";
			case Invalid(String reason) -> INVALID;
		};
	}

	private static String ok(String packet, String rest) {
		return "{\"ok\":[%s,\"%s\"]}".formatted(packet, rest);
	}

	private static byte[] bytesOf(ByteBuffer in) {
		byte[] bytes = new byte[in.remaining()];
		in.get(in.position(), bytes);
		return bytes;
	}

	private static boolean areOptions(JsonNode options) {
		return options.isMissingNode() || options.isObject() && options.properties()
			.stream()
			.allMatch((option) -> OPTIONS.contains(option.getKey()) && option.getValue().isIntegralNumber());
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

	/** Erlang's sizes are unsigned; above Java's largest int they limit nothing more. */
	private static PacketLimits limits(JsonNode options) {
		long packetSize = options.path("packet_size").asLong(0);
		long lineLength = options.path("line_length").asLong(0);
		int lineDelimiter = options.path("line_delimiter").asInt('\n');
		return new PacketLimits((int) Math.min(packetSize, Integer.MAX_VALUE),
				(int) Math.min(lineLength, Integer.MAX_VALUE), (byte) lineDelimiter);
	}

	private static long total(JsonNode result, byte[] bytes) {
		if (result.has("ok")) {
			return bytes.length - result.path("ok").path(1).asString().length() / 2;
		}
		return result.path("more").asLong(0);
	}

}
