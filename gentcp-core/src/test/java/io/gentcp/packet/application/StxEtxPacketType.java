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
 * Packets between start of text and end of text, as many instruments send them. One of
 * the three control bytes in a packet has a data link escape in front of it.
 *
 * <pre>
 *   02 | 68 69 | 03         →   "hi"
 *   02 | 68 10 03 69 | 03   →   "h\003i"
 * </pre>
 */
public record StxEtxPacketType() implements PacketType {

	private static final byte STX = 0x02;

	private static final byte ETX = 0x03;

	private static final byte DLE = 0x10;

	@Override
	public String name() {
		return "stx-etx";
	}

	@Override
	public PacketCodec codec(PacketLimits limits) {
		return new Codec(limits.packetSize());
	}

	private static boolean isControl(byte value) {
		return value == STX || value == ETX || value == DLE;
	}

	private static final class Codec implements PacketCodec {

		private final int packetSize;

		/** How many bytes from the position on have been looked at. */
		private int scanned;

		/** How many of them are the packet's own. */
		private int length;

		private boolean escaped;

		Codec(int packetSize) {
			this.packetSize = packetSize;
		}

		@Override
		public DecodeResult decode(ByteBuffer in) {
			if (in.hasRemaining() && in.get(in.position()) != STX) {
				return Invalid.of("no STX", in);
			}
			for (int at = Math.max(1, this.scanned); at < in.remaining(); at++) {
				byte current = in.get(in.position() + at);
				if (current == ETX && !this.escaped) {
					return packet(in, at);
				}
				this.escaped = (current == DLE && !this.escaped);
				this.length += this.escaped ? 0 : 1;
				this.scanned = at + 1;
			}
			return tooLong() ? Invalid.of("no ETX within packet_size %d".formatted(this.packetSize), in) : More.UNKNOWN;
		}

		@Override
		public ByteBuffer encode(ByteBuffer payload) {
			ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(2, payload.remaining()));
			for (int at = payload.position(); at < payload.limit(); at++) {
				byte current = payload.get(at);
				if (isControl(current)) {
					out.put(DLE);
				}
				out.put(current);
			}
			return out.flip();
		}

		@Override
		public int headerSize(int encodedSize) {
			return 1;
		}

		@Override
		public void encodeHeader(int encodedSize, ByteBuffer out) {
			out.put(STX);
		}

		@Override
		public int trailerSize() {
			return 1;
		}

		@Override
		public void encodeTrailer(int encodedSize, ByteBuffer out) {
			out.put(ETX);
		}

		private boolean tooLong() {
			return this.packetSize > 0 && this.length > this.packetSize;
		}

		private DecodeResult packet(ByteBuffer in, int etx) {
			if (tooLong()) {
				return Invalid.of("packet of %d bytes, packet_size is %d".formatted(this.length, this.packetSize), in);
			}
			byte[] bytes = new byte[this.length];
			int start = in.position();
			int from = 1;
			for (int to = 0; to < bytes.length; to++, from++) {
				byte current = in.get(start + from);
				bytes[to] = (current == DLE) ? in.get(start + ++from) : current;
			}
			in.position(start + etx + 1);
			this.scanned = 0;
			this.length = 0;
			return new Packet.Bytes(bytes);
		}

	}

}
