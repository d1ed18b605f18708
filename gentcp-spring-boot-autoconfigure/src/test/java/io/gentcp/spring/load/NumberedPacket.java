package io.gentcp.spring.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * A packet that says which one it is and whether it is whole. Size and bytes follow from
 * its numbers, so both ends know them.
 * <pre>  connection (4) | number (8) | CRC-32 of everything else (4) | 1 to 2,000 random bytes</pre>
 *
 * @param number 1 for the first of its connection
 */
record NumberedPacket(int connection, long number) {

	private static final int HEADER_SIZE = 16;

	private static final int CRC_PLACE = 12;

	private static final int LARGEST_BODY = 2_000;

	/**
	 * Reads which one it is.
	 * @throws IllegalArgumentException if it is damaged
	 */
	static NumberedPacket of(byte[] packet) {
		if (packet.length <= HEADER_SIZE || ByteBuffer.wrap(packet).getInt(CRC_PLACE) != crc(packet)) {
			throw new IllegalArgumentException("a packet of %d bytes is damaged".formatted(packet.length));
		}
		ByteBuffer buffer = ByteBuffer.wrap(packet);
		return new NumberedPacket(buffer.getInt(), buffer.getLong());
	}

	byte[] request() {
		return packet(new SplittableRandom(seed()));
	}

	byte[] reply() {
		return packet(new SplittableRandom(~seed()));
	}

	private long seed() {
		return (((long) this.connection) << 40) ^ this.number;
	}

	private byte[] packet(SplittableRandom random) {
		byte[] body = new byte[1 + random.nextInt(LARGEST_BODY)];
		random.nextBytes(body);
		ByteBuffer packet = ByteBuffer.allocate(HEADER_SIZE + body.length);
		packet.putInt(this.connection).putLong(this.number).putInt(0).put(body);
		return packet.putInt(CRC_PLACE, crc(packet.array())).array();
	}

	private static int crc(byte[] packet) {
		CRC32 crc = new CRC32();
		crc.update(packet, 0, CRC_PLACE);
		crc.update(packet, HEADER_SIZE, packet.length - HEADER_SIZE);
		return (int) crc.getValue();
	}

}
