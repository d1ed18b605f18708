package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * HTTP/1, line by line: {@code {packet, http | http_bin}} begins with a start line, goes
 * on with headers, and after their end expects a start line again; {@code {packet, httph
 * | httph_bin}} knows headers only.
 *
 * <pre>
 *   GET / HTTP/1.1\r\n        →   Request
 *   Host: a\r\nAccept: b      →   Header           rest "Accept: b"
 *   Host: a\r\n               →   more: the value may go on in the next line
 *   \r\n                      →   EndOfHeaders
 *   so be it\r\n              →   Error, and the same is expected again
 * </pre>
 *
 * A line longer than {@code packet_size}, or if there is none than {@code line_length},
 * is invalid; it is never cut. The codec goes over no byte twice. One reader uses it at a
 * time.
 */
final class HttpCodec implements PacketCodec {

	private static final byte LINE_FEED = '\n';

	private static final byte CARRIAGE_RETURN = '\r';

	/** The longest line that is nothing but its end. */
	private static final int LONGEST_EMPTY_LINE = 2;

	private final PacketLimits limits;

	private final boolean headersOnly;

	private final DelimiterScan scan = new DelimiterScan();

	private final Expected expected;

	private HttpCodec(PacketLimits limits, boolean headersOnly, Expected expected) {
		this.limits = limits;
		this.headersOnly = headersOnly;
		this.expected = expected;
	}

	static HttpCodec ofMessages(PacketLimits limits) {
		return new HttpCodec(limits, false, new Expected(false));
	}

	static HttpCodec ofHeaders(PacketLimits limits) {
		return new HttpCodec(limits, true, new Expected(true));
	}

	/**
	 * A codec with other limits that expects what this one expects, also if this one is
	 * still decoding, on another thread.
	 */
	HttpCodec withLimits(PacketLimits limits) {
		return new HttpCodec(limits, this.headersOnly, this.expected);
	}

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (isLineEnd(in)) {
			return packet(in, in.remaining());
		}
		int limit = (this.limits.packetSize() > 0) ? this.limits.packetSize() : this.limits.lineLength();
		int window = (limit > 0) ? limit : Integer.MAX_VALUE;
		while (this.scan.find(in, LINE_FEED, window)) {
			int size = this.scan.scanned() + 1;
			if (!this.expected.header) {
				return packet(in, size);
			}
			if (in.remaining() == size) {
				return More.UNKNOWN;
			}
			if (!goesOn(in, size)) {
				return packet(in, size);
			}
			this.scan.pass();
		}
		return (in.remaining() >= window) ? tooLong(in, window) : More.UNKNOWN;
	}

	/** How many bytes this codec has looked for a line end in: tests hold it linear. */
	long examined() {
		return this.scan.examined();
	}

	/** At the end of headers nothing needs to follow: a request may end here. */
	private static boolean isLineEnd(ByteBuffer in) {
		int start = in.position();
		return switch (in.remaining()) {
			case 1 -> in.get(start) == LINE_FEED;
			case 2 -> in.get(start) == CARRIAGE_RETURN && in.get(start + 1) == LINE_FEED;
			default -> false;
		};
	}

	/** Whether a header goes on in the line behind these bytes. */
	private static boolean goesOn(ByteBuffer in, int size) {
		byte next = in.get(in.position() + size);
		return size > LONGEST_EMPTY_LINE && (next == ' ' || next == '\t');
	}

	private HttpPacket packet(ByteBuffer in, int size) {
		byte[] line = new byte[size];
		in.get(line);
		this.scan.taken(size);
		HttpPacket packet = this.expected.header ? HttpHeaderLine.parse(line) : HttpStartLine.parse(line);
		this.expected.header = switch (packet) {
			case HttpPacket.Request request -> true;
			case HttpPacket.Response response -> true;
			case HttpPacket.EndOfHeaders end -> this.headersOnly;
			case HttpPacket.Header header -> this.expected.header;
			case HttpPacket.Error error -> this.expected.header;
		};
		return packet;
	}

	private Invalid tooLong(ByteBuffer in, int window) {
		String limit = (this.limits.packetSize() > 0) ? "packet_size" : "line_length";
		return Invalid.of("no line end within %s %d, of %d bytes at hand".formatted(limit, window, in.remaining()), in);
	}

	/**
	 * What the next line is. One for all codecs that limits were set for, of which one
	 * reader uses the last.
	 */
	private static final class Expected {

		private boolean header;

		Expected(boolean header) {
			this.header = header;
		}

	}

}
