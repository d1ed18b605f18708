package io.gentcp.packet.application;

import java.nio.ByteBuffer;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.Invalid;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;

/**
 * A length of one to five bytes in front, seven bits each, the lowest first; the last has
 * no high bit. Protocol Buffers delimits its messages like this.
 *
 * <pre>
 *   05 | 68 65 6c 6c 6f   →   "hello"
 *   ac 02 | 300 bytes     →   300 bytes
 * </pre>
 */
public record VarintPacketType() implements PacketType {

	private static final int LONGEST_HEADER = 5;

	@Override
	public String name() {
		return "varint";
	}

	@Override
	public PacketCodec codec(PacketLimits limits) {
		return new Codec((limits.packetSize() > 0) ? limits.packetSize() : Integer.MAX_VALUE - LONGEST_HEADER);
	}

	private record Codec(int limit) implements PacketCodec {

		@Override
		public DecodeResult decode(ByteBuffer in) {
			int header = 0;
			long length = 0;
			byte current;
			do {
				if (header == LONGEST_HEADER) {
					return Invalid.of("length of more than %d bytes".formatted(LONGEST_HEADER), in);
				}
				if (header == in.remaining()) {
					return More.UNKNOWN;
				}
				current = in.get(in.position() + header);
				length |= (current & 0x7fL) << (7 * header);
				header++;
			}
			while (current < 0);
			if (length > this.limit) {
				return Invalid.of("packet of %d bytes, packet_size is %d".formatted(length, this.limit), in);
			}
			return (in.remaining() < header + length) ? More.of(header + length) : packet(in, header, (int) length);
		}

		@Override
		public int headerSize(int encodedSize) {
			return (encodedSize == 0) ? 1 : (38 - Integer.numberOfLeadingZeros(encodedSize)) / 7;
		}

		@Override
		public void encodeHeader(int encodedSize, ByteBuffer out) {
			int rest = encodedSize;
			while (rest > 0x7f) {
				out.put((byte) (rest | 0x80));
				rest >>>= 7;
			}
			out.put((byte) rest);
		}

		private static Packet packet(ByteBuffer in, int header, int length) {
			byte[] bytes = new byte[length];
			in.position(in.position() + header).get(bytes);
			return new Packet.Bytes(bytes);
		}

	}

}
