package io.gentcp.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.gentcp.packet.application.StxEtxPacketType;
import io.gentcp.packet.application.VarintPacketType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes in as packets on one side comes out as the same packets on the other, however
 * the network cuts the stream and whichever buffers the reader uses.
 */
class PacketStreamTests {

	private static final int STREAMS = 200;

	private static final int PACKETS = 20;

	@ParameterizedTest
	@MethodSource("types")
	void packetsComeOutAsTheyWentIn(PacketType type) {
		for (int seed = 0; seed < STREAMS; seed++) {
			Random random = new Random(seed);
			List<byte[]> payloads = Stream.generate(() -> payload(type, random)).limit(PACKETS).toList();
			IntFunction<ByteBuffer> buffers = random.nextBoolean() ? ByteBuffer::allocate : ByteBuffer::allocateDirect;
			List<byte[]> packets = new Reader(type, buffers).read(wire(type, payloads), random);
			assertThat(packets).as("%s, seed %d", type.name(), seed)
				.usingElementComparator(Arrays::compare)
				.isEqualTo(payloads);
		}
	}

	static Stream<PacketType> types() {
		return Stream.of(PacketType.ONE, PacketType.TWO, PacketType.FOUR, PacketType.LINE, new StxEtxPacketType(),
				new VarintPacketType());
	}

	private static byte[] payload(PacketType type, Random random) {
		byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 4 : 256)];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) random.nextInt(random.nextBoolean() ? 256 : 20);
		}
		if (type.equals(PacketType.LINE)) {
			String line = new String(bytes, StandardCharsets.ISO_8859_1).replace('\n', ' ') + '\n';
			return line.getBytes(StandardCharsets.ISO_8859_1);
		}
		return bytes;
	}

	private static byte[] wire(PacketType type, List<byte[]> payloads) {
		PacketCodec codec = type.codec(PacketLimits.NONE);
		ByteArrayOutputStream wire = new ByteArrayOutputStream();
		for (byte[] payload : payloads) {
			wire.writeBytes(OnTheWire.bytes(codec, BufferShape.SLICE.around(payload)));
		}
		return wire.toByteArray();
	}

	/**
	 * Reads pieces of any size, and keeps in a new buffer what is left of the old one.
	 */
	private record Reader(PacketType type, IntFunction<ByteBuffer> buffers) {

		List<byte[]> read(byte[] wire, Random random) {
			PacketCodec codec = this.type.codec(PacketLimits.NONE);
			List<byte[]> packets = new ArrayList<>();
			ByteBuffer rest = ByteBuffer.allocate(0);
			int at = 0;
			while (at < wire.length) {
				int size = Math.min(wire.length - at, random.nextInt(random.nextBoolean() ? 3 : 500));
				ByteBuffer in = this.buffers.apply(rest.remaining() + size).put(rest).put(wire, at, size).flip();
				at += size;
				while (codec.decode(in) instanceof Packet.Bytes(byte[] array)) {
					packets.add(array);
				}
				rest = in;
			}
			assertThat(rest.hasRemaining()).isFalse();
			return packets;
		}

	}

}
