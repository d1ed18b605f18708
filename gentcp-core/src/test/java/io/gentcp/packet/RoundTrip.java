package io.gentcp.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Payloads that are encoded and come out again as packets. */
final class RoundTrip {

	private RoundTrip() {
	}

	/**
	 * Takes the payloads from the stream, each behind two bytes of its size; what does
	 * not fit the packet type is refused and left out.
	 * @throws AssertionError if other packets come out
	 */
	static void require(PacketType type, FuzzInput input) {
		PacketCodec codec = type.codec(PacketLimits.NONE);
		ByteArrayOutputStream wire = new ByteArrayOutputStream();
		List<Packet> expected = new ArrayList<>();
		for (byte[] payload : payloads(ByteBuffer.wrap(input.stream()))) {
			try {
				wire.writeBytes(OnTheWire.bytes(codec, ByteBuffer.wrap(payload)));
				expected.add(new Packet.Bytes(payload));
			}
			catch (IllegalArgumentException ex) {
				if (!type.equals(PacketType.ONE) || payload.length <= 255) {
					throw ex;
				}
			}
		}
		byte[] bytes = wire.toByteArray();
		List<Integer> cuts = input.cuts().stream().map((cut) -> Math.min(cut, bytes.length)).toList();
		List<Packet> packets = new CodecContract(type, PacketLimits.NONE).require(bytes, cuts);
		if (!packets.equals(expected)) {
			throw new AssertionError("%s went in, %s came out".formatted(expected, packets));
		}
	}

	private static List<byte[]> payloads(ByteBuffer in) {
		List<byte[]> payloads = new ArrayList<>();
		while (in.remaining() >= 2) {
			byte[] payload = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining())];
			in.get(payload);
			payloads.add(payload);
		}
		return payloads;
	}

}
