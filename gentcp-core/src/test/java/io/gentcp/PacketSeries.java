package io.gentcp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import io.gentcp.packet.PacketType;

/**
 * Packets of random bytes and of every size their type can carry: the largest at first,
 * then mostly small ones, empty ones among them.
 */
record PacketSeries(PacketType type, List<byte[]> packets) {

	static Stream<PacketType> types() {
		return Stream.of(PacketType.RAW, PacketType.ONE, PacketType.TWO, PacketType.FOUR, PacketType.LINE);
	}

	static PacketSeries random(PacketType type, int count) {
		Random random = new Random(42);
		return new PacketSeries(type,
				IntStream.range(0, count).mapToObj((i) -> packet(type, size(i, most(type), random), random)).toList());
	}

	/** Returns the size of the largest: where the type has no limit, enough to stall. */
	static int most(PacketType type) {
		return switch (type.name()) {
			case "1" -> 255;
			case "2" -> 65_535;
			default -> 100_000;
		};
	}

	private static int size(int index, int most, Random random) {
		if (index < 4) {
			return most;
		}
		if (index % 50 == 0) {
			return random.nextInt(most + 1);
		}
		return switch (index % 10) {
			case 1 -> 0;
			case 2 -> 1;
			default -> random.nextInt(Math.min(most, 250) + 1);
		};
	}

	private static byte[] packet(PacketType type, int size, Random random) {
		if (type != PacketType.LINE) {
			byte[] packet = new byte[size];
			random.nextBytes(packet);
			return packet;
		}
		byte[] line = new byte[Math.max(1, size)];
		random.nextBytes(line);
		for (int i = 0; i < line.length; i++) {
			line[i] = (line[i] == '\n') ? (byte) ' ' : line[i];
		}
		line[line.length - 1] = '\n';
		return line;
	}

	/** Returns the number of bytes of all packets, without headers. */
	int size() {
		return this.packets.stream().mapToInt((packet) -> packet.length).sum();
	}

	/** Returns one checksum for each packet, or one for all of a raw stream. */
	List<Long> checksums() {
		if (this.type.isFramed()) {
			return this.packets.stream().map(PacketSeries::checksum).toList();
		}
		CRC32 checksum = new CRC32();
		this.packets.forEach(checksum::update);
		return List.of(checksum.getValue());
	}

	static long checksum(byte[] packet) {
		CRC32 checksum = new CRC32();
		checksum.update(ByteBuffer.wrap(packet));
		return checksum.getValue();
	}

}
