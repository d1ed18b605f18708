package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What the bytes of a fuzzer mean: which packet type, which limits, where a stream is
 * cut, and the stream. What is missing at the end is zero.
 *
 * <pre>
 *   choice | packet_size | line_length | line_delimiter | cut   cut | stream
 *     00        00 05         00 00            0a        00 02 00 03   68 65 6c 6c 6f 0a
 * </pre>
 */
record FuzzInput(int choice, PacketLimits limits, List<Integer> cuts, byte[] stream) {

	private static final int HEADER_SIZE = 10;

	static FuzzInput of(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(bytes, Math.max(HEADER_SIZE, bytes.length)));
		int choice = Byte.toUnsignedInt(in.get());
		PacketLimits limits = new PacketLimits(Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort()),
				in.get());
		int places = in.remaining() - 4 + 1;
		List<Integer> cuts = List.of(Short.toUnsignedInt(in.getShort()) % places,
				Short.toUnsignedInt(in.getShort()) % places);
		byte[] stream = new byte[in.remaining()];
		in.get(stream);
		return new FuzzInput(choice, limits, cuts.stream().sorted().toList(), stream);
	}

	/** A seed for a fuzzer, cut into three equal parts. */
	static byte[] seed(int choice, PacketLimits limits, byte[] stream) {
		return ByteBuffer.allocate(HEADER_SIZE + stream.length)
			.put((byte) choice)
			.putShort((short) limits.packetSize())
			.putShort((short) limits.lineLength())
			.put(limits.lineDelimiter())
			.putShort((short) (stream.length / 3))
			.putShort((short) (2 * stream.length / 3))
			.put(stream)
			.array();
	}

	<T> T oneOf(List<T> choices) {
		return choices.get(this.choice % choices.size());
	}

}
