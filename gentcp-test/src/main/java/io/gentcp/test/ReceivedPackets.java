package io.gentcp.test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes cut into packets that have a big-endian length in front, and what follows the
 * last whole one.
 * <pre>  00 02 68 69 | 00 00 | 00 05 68   →   "hi", "", rest 00 05 68   (header size 2)</pre>
 * Immutable but for the arrays it hands out.
 */
public final class ReceivedPackets {

	private final int headerSize;

	private final List<byte[]> packets;

	private final byte[] rest;

	private ReceivedPackets(int headerSize, List<byte[]> packets, byte[] rest) {
		this.headerSize = headerSize;
		this.packets = List.copyOf(packets);
		this.rest = rest;
	}

	/**
	 * Cuts bytes into packets.
	 * @param bytes the bytes, beginning with a header
	 * @param headerSize the size of each header: 1, 2 or 4
	 * @return the packets and the rest
	 */
	public static ReceivedPackets parse(byte[] bytes, int headerSize) {
		if (headerSize != 1 && headerSize != 2 && headerSize != 4) {
			throw new IllegalArgumentException("The header size must be 1, 2 or 4, not " + headerSize);
		}
		ByteBuffer in = ByteBuffer.wrap(bytes);
		List<byte[]> packets = new ArrayList<>();
		while (in.remaining() >= headerSize && in.remaining() - headerSize >= length(in, headerSize)) {
			byte[] packet = new byte[(int) length(in, headerSize)];
			in.position(in.position() + headerSize).get(packet);
			packets.add(packet);
		}
		byte[] rest = new byte[in.remaining()];
		in.get(rest);
		return new ReceivedPackets(headerSize, packets, rest);
	}

	/** Returns the length in the header at the buffer's position, which stays there. */
	private static long length(ByteBuffer in, int headerSize) {
		return switch (headerSize) {
			case 1 -> Byte.toUnsignedLong(in.get(in.position()));
			case 2 -> Short.toUnsignedLong(in.getShort(in.position()));
			default -> Integer.toUnsignedLong(in.getInt(in.position()));
		};
	}

	/**
	 * Returns the whole packets, without their headers.
	 * @return the packets in the order they came
	 */
	public List<byte[]> packets() {
		return this.packets;
	}

	/**
	 * Returns the bytes after the last whole packet, the header among them.
	 * @return the rest; empty if there is none
	 */
	public byte[] rest() {
		return this.rest.clone();
	}

	/**
	 * Returns the packets if nothing follows them.
	 * @return the packets in the order they came
	 * @throws AssertionError if the bytes end within a packet
	 */
	public List<byte[]> complete() {
		if (this.rest.length > 0) {
			throw new AssertionError("The bytes end within a packet: " + this);
		}
		return this.packets;
	}

	@Override
	public String toString() {
		if (this.rest.length < this.headerSize) {
			return "%d packets, then %d bytes".formatted(this.packets.size(), this.rest.length);
		}
		return "%d packets, then %d bytes of a packet of %d".formatted(this.packets.size(),
				this.rest.length - this.headerSize, length(ByteBuffer.wrap(this.rest), this.headerSize));
	}

}
