package io.gentcp.packet;

/**
 * A header, or the empty line behind the last one. Has no state.
 *
 * <pre>
 *   host: example.org      name, colon, blanks, value
 * </pre>
 */
final class HttpHeaderLine {

	private HttpHeaderLine() {
	}

	/** A line, with those in which its value goes on. */
	static HttpPacket parse(byte[] line) {
		HttpText text = HttpText.ofLine(line);
		if (text.isAtEnd()) {
			return HttpPacket.EndOfHeaders.INSTANCE;
		}
		String original = text.token();
		if (!text.skip(':')) {
			return new HttpPacket.Error(text.whole());
		}
		text.skipBlanks();
		String name = HttpHeaderName.usual(original);
		return new HttpPacket.Header(HttpHeaderName.index(name), name, original, text.rest());
	}

}
