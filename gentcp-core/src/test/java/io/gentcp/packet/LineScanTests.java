package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Looking for a delimiter costs one step a byte, however the bytes arrive. */
class LineScanTests {

	private static final int SIZE = 100_000;

	@Test
	void aLineThatArrivesByteByByteCostsOneStepForEach() {
		LineCodec codec = new LineCodec(PacketLimits.NONE);
		ByteBuffer in = withoutDelimiter();
		in.put(SIZE - 1, (byte) '\n');
		for (int size = 1; size < SIZE; size++) {
			assertThat(codec.decode(in.limit(size)) instanceof More).isTrue();
		}
		assertThat(codec.decode(in.limit(SIZE))).isEqualTo(new Packet.Bytes(in.array()));
		assertThat(codec.examined()).isEqualTo(SIZE);
	}

	@Test
	void aBufferFullOfLinesCostsOneStepForEachByte() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withPacketSize(SIZE));
		byte[] bytes = new byte[SIZE];
		Arrays.fill(bytes, (byte) '\n');
		assertThat(packets(codec, ByteBuffer.wrap(bytes))).isEqualTo(SIZE);
		assertThat(codec.examined()).isEqualTo(SIZE);
	}

	@Test
	void linesCutFarBeforeTheirDelimiterAreNotSearchedAgain() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withPacketSize(SIZE).withLineLength(1));
		ByteBuffer in = withoutDelimiter();
		in.put(SIZE - 1, (byte) '\n');
		int packets = packets(codec, in);
		assertThat(packets).isEqualTo(SIZE);
		assertThat(codec.examined()).as("one step a byte").isEqualTo(SIZE);
	}

	@Test
	void nothingIsSearchedBehindTheLimits() {
		LineCodec limited = new LineCodec(PacketLimits.NONE.withPacketSize(10));
		assertThat(limited.decode(withoutDelimiter())).isInstanceOf(Invalid.class);
		assertThat(limited.examined()).isEqualTo(10);
		LineCodec cut = new LineCodec(PacketLimits.NONE.withLineLength(10));
		assertThat(cut.decode(withoutDelimiter())).isEqualTo(new Packet.Bytes(new byte[10]));
		assertThat(cut.examined()).isEqualTo(10);
	}

	private static int packets(LineCodec codec, ByteBuffer in) {
		int packets = 0;
		while (codec.decode(in) instanceof Packet) {
			packets++;
		}
		assertThat(in.hasRemaining()).isFalse();
		return packets;
	}

	private static ByteBuffer withoutDelimiter() {
		return ByteBuffer.allocate(SIZE);
	}

}
