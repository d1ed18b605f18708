package io.gentcp.packet;

/**
 * The options of {@code erlang:decode_packet/3}: how large a packet may be, and where a
 * line ends.
 *
 * @param packetSize {@code packet_size}: the most bytes the body of a packet may have,
 * not counting its header; for {@code line} the most bytes of a line with its delimiter.
 * A larger packet is {@link Invalid}. Zero is no limit but the codec's own, which for a
 * length in front is 2<sup>31</sup>-1 bytes, header included
 * @param lineLength {@code line_length}: a longer line is cut, every {@code lineLength}
 * bytes are a packet. Zero never cuts. Lines of http are never cut: for them it is what
 * {@code packet_size} is, if that is zero. Of no concern to packet types without lines
 * @param lineDelimiter {@code line_delimiter}: the byte that ends a line; values above
 * 127 are negative here, as in every Java byte
 */
public record PacketLimits(int packetSize, int lineLength, byte lineDelimiter) {

	/** Erlang's defaults: nothing is limited or cut, and a line ends with a line feed. */
	public static final PacketLimits NONE = new PacketLimits(0, 0, (byte) '\n');

	public PacketLimits {
		requireNotNegative("packet_size", "no limit", packetSize);
		requireNotNegative("line_length", "lines are never cut", lineLength);
	}

	/**
	 * These limits with another {@code packet_size}.
	 * @param packetSize the most bytes of a packet's body, zero for no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if the size is negative
	 */
	public PacketLimits withPacketSize(int packetSize) {
		return new PacketLimits(packetSize, this.lineLength, this.lineDelimiter);
	}

	/**
	 * These limits with another {@code line_length}.
	 * @param lineLength the length at which a line is cut, zero for never
	 * @return the changed copy
	 * @throws IllegalArgumentException if the length is negative
	 */
	public PacketLimits withLineLength(int lineLength) {
		return new PacketLimits(this.packetSize, lineLength, this.lineDelimiter);
	}

	/**
	 * These limits with another {@code line_delimiter}.
	 * @param lineDelimiter the byte that ends a line
	 * @return the changed copy
	 */
	public PacketLimits withLineDelimiter(byte lineDelimiter) {
		return new PacketLimits(this.packetSize, this.lineLength, lineDelimiter);
	}

	private static void requireNotNegative(String option, String meaningOfZero, int value) {
		if (value < 0) {
			throw new IllegalArgumentException(
					"%s is %d; it must be 0 (%s) or more".formatted(option, value, meaningOfZero));
		}
	}

}
