package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * Packets that end with a delimiter: {@code {packet, line}}. The delimiter is delivered,
 * and so is a carriage return before it.
 *
 * <pre>
 *   68 65 6c 6c 6f 0d 0a 77 6f   →   "hello\r\n"    rest "wo"
 *   68 65 6c 6c 6f               →   more, unknown
 *   68 65 6c 6c 6f 0a            →   "hel"          rest "lo\n"   (line_length 3)
 *   68 65 6c 6c 6f 0a            →   invalid                      (packet_size 5)
 * </pre>
 *
 * A line longer than {@code packet_size} is invalid, delimiter included. Otherwise one
 * longer than {@code line_length} is cut there, and what follows is taken for a line of
 * its own; so a line that comes in pieces may be cut before it is found too long.
 * <p>
 * The codec remembers which bytes hold no delimiter and looks at none of them twice. One
 * reader uses it at a time.
 */
final class LineCodec implements PacketCodec {

	private final PacketLimits limits;

	/** How many bytes from the position on are known to hold no delimiter. */
	private int scanned;

	private long examined;

	LineCodec(PacketLimits limits) {
		this.limits = limits;
	}

	@Override
	public DecodeResult decode(ByteBuffer in) {
		int size = in.remaining();
		int packetSize = this.limits.packetSize();
		int lineLength = this.limits.lineLength();
		boolean ends = scan(in, window(size));
		int length = ends ? this.scanned + 1 : size;
		if (packetSize > 0 && length > packetSize) {
			return tooLong(in);
		}
		if (lineLength > 0 && (length > lineLength || !ends && length == lineLength)) {
			return packet(in, lineLength);
		}
		return ends ? packet(in, length) : More.UNKNOWN;
	}

	/** How many bytes this codec has looked at in its life. */
	long examined() {
		return this.examined;
	}

	/** A delimiter further away than this changes nothing. */
	private int window(int size) {
		int furthest = (this.limits.packetSize() > 0) ? this.limits.packetSize() : this.limits.lineLength();
		return (furthest > 0) ? Math.min(furthest, size) : size;
	}

	private boolean scan(ByteBuffer in, int window) {
		byte delimiter = this.limits.lineDelimiter();
		int start = in.position();
		int from = this.scanned;
		int at = from;
		while (at < window && in.get(start + at) != delimiter) {
			at++;
		}
		this.scanned = at;
		boolean found = at < window;
		this.examined += at - from + (found ? 1 : 0);
		return found;
	}

	private Packet packet(ByteBuffer in, int length) {
		byte[] bytes = new byte[length];
		in.get(bytes);
		this.scanned = Math.max(0, this.scanned - length);
		return new Packet.Bytes(bytes);
	}

	private Invalid tooLong(ByteBuffer in) {
		return Invalid.of("line of more than %d bytes without delimiter 0x%02x; packet_size is %d".formatted(
				this.limits.packetSize(), this.limits.lineDelimiter(), this.limits.packetSize()), in);
	}

}
