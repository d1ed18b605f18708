package io.gentcp.packet;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RawCodecTests {

	@ParameterizedTest
	@EnumSource
	void whateverHasArrivedIsAPacket(BufferShape shape) {
		ByteBuffer in = shape.around("hello".getBytes());
		int limit = in.limit();
		assertThat(codec(PacketLimits.NONE).decode(in)).isEqualTo(new Packet.Bytes("hello".getBytes()));
		assertThat(in.position()).isEqualTo(limit);
		assertThat(in.limit()).isEqualTo(limit);
	}

	@Test
	void nothingIsNoPacket() {
		assertThat(codec(PacketLimits.NONE).decode(ByteBuffer.allocate(0))).isSameAs(More.UNKNOWN);
	}

	@Test
	void packetSizeDoesNotLimitIt() {
		assertThat(codec(PacketLimits.NONE.withPacketSize(1).withLineLength(1)).decode(ByteBuffer.allocate(5)))
			.isEqualTo(new Packet.Bytes(new byte[5]));
	}

	@Test
	void nothingIsAddedOnTheWay() {
		ByteBuffer payload = ByteBuffer.wrap("hello".getBytes());
		PacketCodec codec = codec(PacketLimits.NONE);
		assertThat(codec.encode(payload)).isSameAs(payload);
		assertThat(OnTheWire.bytes(codec, payload)).isEqualTo("hello".getBytes());
		assertThat(OnTheWire.bytes(codec, ByteBuffer.allocate(0))).isEmpty();
	}

	private static PacketCodec codec(PacketLimits limits) {
		return PacketType.RAW.codec(limits);
	}

}
