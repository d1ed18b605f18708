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
 * One reader uses it at a time.
 */
final class LineCodec implements PacketCodec {

	private final PacketLimits limits;

	private final DelimiterScan scan = new DelimiterScan();

	LineCodec(PacketLimits limits) {
		this.limits = limits;
	}

	@Override
	public DecodeResult decode(ByteBuffer in) {
		int packetSize = this.limits.packetSize();
		int lineLength = this.limits.lineLength();
		boolean ends = this.scan.find(in, this.limits.lineDelimiter(), furthest());
		if (!ends && packetSize > 0 && in.remaining() > packetSize) {
			return tooLong(in);
		}
		if (lineLength > 0 && this.scan.scanned() >= lineLength) {
			return packet(in, lineLength);
		}
		return ends ? packet(in, this.scan.scanned() + 1) : More.UNKNOWN;
	}

	/** How many bytes this codec went over in its life: tests hold it linear. */
	long examined() {
		return this.scan.examined();
	}

	/** The size at which a line is invalid or cut, wherever its delimiter may be. */
	private int furthest() {
		if (this.limits.packetSize() > 0) {
			return this.limits.packetSize();
		}
		return (this.limits.lineLength() > 0) ? this.limits.lineLength() : Integer.MAX_VALUE;
	}

	private Packet packet(ByteBuffer in, int length) {
		byte[] bytes = new byte[length];
		in.get(bytes);
		this.scan.taken(length);
		return new Packet.Bytes(bytes);
	}

	private Invalid tooLong(ByteBuffer in) {
		return Invalid.of("no delimiter %02x within packet_size %d, of %d bytes at hand"
			.formatted(this.limits.lineDelimiter(), this.limits.packetSize(), in.remaining()), in);
	}

}
