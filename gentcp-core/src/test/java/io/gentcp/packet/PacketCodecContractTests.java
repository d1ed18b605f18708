package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;

import io.gentcp.packet.application.StxEtxPacketType;
import io.gentcp.packet.application.VarintPacketType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader may rely on with every codec, whatever its buffers are. */
class PacketCodecContractTests {

	private static final byte[] PAYLOAD = "hello\n".getBytes();

	@ParameterizedTest
	@MethodSource("framedTypes")
	void nothingIsTakenUntilThePacketIsCompleteAndThenNothingElse(PacketType type) {
		byte[] packet = OnTheWire.bytes(type.codec(PacketLimits.NONE), ByteBuffer.wrap(PAYLOAD));
		byte[] wire = Arrays.copyOf(packet, packet.length + 3);
		for (BufferShape shape : BufferShape.values()) {
			PacketCodec codec = type.codec(PacketLimits.NONE);
			ByteBuffer in = shape.around(wire);
			int start = in.position();
			for (int size = 0; size < packet.length; size++) {
				assertThat(decode(codec, in.limit(start + size))).isInstanceOf(More.class);
				assertThat(in.position()).as("%s, %d bytes at hand", shape, size).isEqualTo(start);
			}
			assertThat(decode(codec, in.limit(start + wire.length))).isEqualTo(new Packet.Bytes(PAYLOAD));
			assertThat(in.position()).as("%s", shape).isEqualTo(start + packet.length);
		}
	}

	@ParameterizedTest
	@MethodSource("framedTypes")
	void nothingIsTakenOfWhatIsInvalid(PacketType type) {
		byte[] packet = OnTheWire.bytes(type.codec(PacketLimits.NONE), ByteBuffer.wrap(PAYLOAD));
		for (BufferShape shape : BufferShape.values()) {
			PacketCodec codec = type.codec(PacketLimits.NONE.withPacketSize(PAYLOAD.length - 1));
			ByteBuffer in = shape.around(packet);
			int start = in.position();
			DecodeResult first = decode(codec, in);
			assertThat(first).isInstanceOf(Invalid.class);
			assertThat(in.position()).as("%s", shape).isEqualTo(start);
			assertThat(decode(codec, in)).as("%s, asked again", shape).isEqualTo(first);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void thePacketIsItsOwnCopy(PacketType type) {
		PacketCodec codec = type.codec(PacketLimits.NONE);
		ByteBuffer in = ByteBuffer.wrap(OnTheWire.bytes(codec, ByteBuffer.wrap(PAYLOAD)));
		DecodeResult result = codec.decode(in);
		Arrays.fill(in.array(), (byte) 0);
		assertThat(result).isEqualTo(new Packet.Bytes(PAYLOAD));
	}

	static Stream<PacketType> types() {
		return Stream.concat(Stream.of(PacketType.RAW), framedTypes());
	}

	static Stream<PacketType> framedTypes() {
		return Stream.of(PacketType.ONE, PacketType.TWO, PacketType.FOUR, PacketType.LINE, new StxEtxPacketType(),
				new VarintPacketType());
	}

	/** Decodes, and sees to it that but for its position the buffer stays as it is. */
	private static DecodeResult decode(PacketCodec codec, ByteBuffer in) {
		int limit = in.limit();
		ByteOrder order = in.order();
		byte[] before = content(in);
		DecodeResult result = codec.decode(in);
		assertThat(in.limit()).isEqualTo(limit);
		assertThat(in.order()).isEqualTo(order);
		assertThat(content(in)).isEqualTo(before);
		return result;
	}

	private static byte[] content(ByteBuffer in) {
		byte[] content = new byte[in.capacity()];
		in.duplicate().clear().get(content);
		return content;
	}

}
