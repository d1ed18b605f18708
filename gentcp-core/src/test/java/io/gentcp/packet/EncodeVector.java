package io.gentcp.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the peer of {@code gen_tcp:send/2} has read. A row's {@code wire} holds all bytes,
 * or their first ones and their digest.
 */
public record EncodeVector(List<Send> sends, JsonNode wire) implements Vector {

	private static final HexFormat HEX = HexFormat.of();

	/** The check in this row, or none if nothing was sent or by a type not known. */
	public static Optional<Vector> of(VectorRow row) {
		JsonNode wire = row.json().path("wire");
		boolean isWire = wire.path("len").isIntegralNumber()
				&& (wire.path("hex").isString() || wire.path("head").isString() && wire.path("sha256").isString());
		if (isWire && row.json().path("payload").has("bad_iodata")) {
			return Optional.of(() -> Optional.of(Difference.NO_IODATA));
		}
		if (!isWire || !row.json().path("result").asString("").equals("ok")) {
			return Optional.empty();
		}
		return sends(row).map((sends) -> new EncodeVector(sends, wire));
	}

	@Override
	public Optional<Difference> run() {
		ByteArrayOutputStream sent = new ByteArrayOutputStream();
		for (Send send : this.sends) {
			PacketCodec codec = send.type.codec(PacketLimits.NONE);
			if (send.wrapsInErlang()) {
				assertThatIllegalArgumentException().as("payload of %d bytes", send.payload.length)
					.isThrownBy(() -> codec.encode(ByteBuffer.wrap(send.payload)));
				return Optional.of(Difference.WRAPPED_LENGTH);
			}
			byte[] bytes = OnTheWire.bytes(codec, BufferShape.HEAP.around(send.payload));
			assertThat(OnTheWire.bytes(codec, BufferShape.DIRECT.around(send.payload))).isEqualTo(bytes);
			sent.writeBytes(bytes);
		}
		requireOnTheWire(sent.toByteArray());
		return Optional.empty();
	}

	/** Fails if the peer has read anything else than Erlang's has. */
	public void requireOnTheWire(byte[] sent) {
		assertThat(sent.length).as("bytes sent").isEqualTo(this.wire.path("len").asInt());
		if (this.wire.has("hex")) {
			assertThat(HEX.formatHex(sent)).isEqualTo(this.wire.path("hex").asString());
			return;
		}
		byte[] head = HEX.parseHex(this.wire.path("head").asString());
		assertThat(Arrays.copyOf(sent, head.length)).as("first bytes sent").isEqualTo(head);
		assertThat(HEX.formatHex(sha256(sent))).as("digest").isEqualTo(this.wire.path("sha256").asString());
	}

	private static Optional<List<Send>> sends(VectorRow row) {
		JsonNode payload = row.json().path("payload");
		if (!payload.path("seq").isArray()) {
			return row.packetType().flatMap((type) -> bytes(payload).map((bytes) -> List.of(new Send(type, bytes))));
		}
		List<Send> sends = new ArrayList<>();
		for (JsonNode send : payload.path("seq")) {
			Optional<PacketType> type = VectorRow.packetType(send.path(0));
			if (type.isEmpty() || !send.path(1).isString()) {
				return Optional.empty();
			}
			sends.add(new Send(type.get(), HEX.parseHex(send.path(1).asString())));
		}
		return Optional.of(sends);
	}

	private static Optional<byte[]> bytes(JsonNode payload) {
		if (payload.path("hex").isString()) {
			return Optional.of(HEX.parseHex(payload.path("hex").asString()));
		}
		if (payload.path("fill").isString() && payload.path("len").isIntegralNumber()) {
			byte[] bytes = new byte[payload.path("len").asInt()];
			Arrays.fill(bytes, (byte) HexFormat.fromHexDigits(payload.path("fill").asString()));
			return Optional.of(bytes);
		}
		return Optional.empty();
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One call of send, with the packet type that was set for it. */
	public record Send(PacketType type, byte[] payload) {

		/** We refuse what Erlang announces with a wrong length. */
		public boolean wrapsInErlang() {
			return switch (this.type.name()) {
				case "1", "2" -> this.payload.length >= 1 << (8 * Integer.parseInt(this.type.name()));
				default -> false;
			};
		}

	}

}
