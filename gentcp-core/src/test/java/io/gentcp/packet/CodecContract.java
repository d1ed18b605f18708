package io.gentcp.packet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * What every codec promises, whatever comes: see {@link PacketCodec#decode}. A stream is
 * read by three codecs, whole, in pieces and byte by byte; each must keep its promises,
 * and all must find the same packets.
 */
record CodecContract(PacketType type, PacketLimits limits) {

	/** Compiling and loading of classes is taken for memory of the codec, once. */
	private static final int ATTEMPTS = 3;

	/**
	 * Reads the stream in the three ways.
	 * @param cuts where the pieces end, in order
	 * @return the packets of the stream
	 * @throws AssertionError if a promise is broken
	 */
	@CanIgnoreReturnValue
	List<Packet> require(byte[] stream, List<Integer> cuts) {
		StreamReading whole = read(BufferShape.HEAP, stream, new int[] { stream.length });
		int[] ends = IntStream.concat(cuts.stream().mapToInt(Integer::intValue), IntStream.of(stream.length)).toArray();
		requireSame(whole, read(BufferShape.LITTLE_ENDIAN, stream, ends), "cut at " + cuts);
		int[] everywhere = IntStream.rangeClosed(0, stream.length).toArray();
		requireSame(whole, read(BufferShape.SLICE, stream, everywhere), "byte by byte");
		return whole.packets();
	}

	private StreamReading read(BufferShape shape, byte[] stream, int[] ends) {
		for (int attempt = 1;; attempt++) {
			StreamReading reading = new StreamReading(this.type.codec(this.limits), shape.around(stream));
			reading.read(ends);
			if (reading.excess() <= 0) {
				return reading;
			}
			if (attempt == ATTEMPTS) {
				throw new AssertionError(
						"%d bytes of memory more than what has come explains".formatted(reading.excess()));
			}
		}
	}

	private void requireSame(StreamReading whole, StreamReading other, String how) {
		List<Packet> expected = packets(whole);
		List<Packet> packets = packets(other);
		boolean goesOn = whole.isInvalid() && mayGoOn();
		boolean isSame = goesOn ? startsWith(packets, expected)
				: packets.equals(expected) && whole.isInvalid() == other.isInvalid() && whole.taken() == other.taken();
		if (!isSame) {
			throw new AssertionError("%s is whole%n%s is %s".formatted(whole, other, how));
		}
	}

	/**
	 * Who sees but a part of a line does not know that it is too long, and cuts it at
	 * line_length, if that comes first.
	 */
	private boolean mayGoOn() {
		int lineLength = this.limits.lineLength();
		return this.type.equals(PacketType.LINE) && lineLength > 0 && lineLength <= this.limits.packetSize();
	}

	private List<Packet> packets(StreamReading reading) {
		if (this.type.isFramed()) {
			return reading.packets();
		}
		return List.of(new Packet.Bytes(joined(reading.packets())));
	}

	private static byte[] joined(List<Packet> packets) {
		byte[] joined = new byte[0];
		for (Packet packet : packets) {
			byte[] bytes = ((Packet.Bytes) packet).array();
			joined = Arrays.copyOf(joined, joined.length + bytes.length);
			System.arraycopy(bytes, 0, joined, joined.length - bytes.length, bytes.length);
		}
		return joined;
	}

	private static boolean startsWith(List<Packet> packets, List<Packet> start) {
		return packets.size() >= start.size() && packets.subList(0, start.size()).equals(start);
	}

}
