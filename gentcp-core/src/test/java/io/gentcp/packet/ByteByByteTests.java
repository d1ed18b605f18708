package io.gentcp.packet;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten megabytes that arrive byte by byte cost no more steps than there are bytes. */
@Tag("exhaustive")
@Timeout(60)
class ByteByByteTests {

	@ParameterizedTest
	@EnumSource
	void noByteIsLookedAtTwiceAndEveryPacketIsTheSame(HeavyStream stream) {
		ByteBuffer whole = ByteBuffer.wrap(stream.bytes());
		ByteBuffer growing = ByteBuffer.wrap(whole.array()).limit(0);
		CountedPacketType type = new CountedPacketType(stream.type());
		PacketCodec codec = type.codec(stream.limits());
		PacketCodec atOnce = stream.type().codec(stream.limits());
		while (growing.limit() < growing.capacity()) {
			growing.limit(growing.limit() + 1);
			while (codec.decode(growing) instanceof Packet packet) {
				if (!packet.equals(atOnce.decode(whole))) {
					throw new AssertionError("%s in front of %d".formatted(packet, growing.position()));
				}
			}
		}
		assertThat(growing.hasRemaining()).isFalse();
		assertThat(whole.hasRemaining()).isFalse();
		assertThat(type.examined()).isLessThanOrEqualTo(growing.capacity());
	}

}
