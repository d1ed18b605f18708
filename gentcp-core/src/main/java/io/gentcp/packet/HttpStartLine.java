package io.gentcp.packet;

import java.util.Optional;

import io.gentcp.packet.HttpPacket.Version;

/**
 * The first line of a request or a response. Has no state.
 *
 * <pre>
 *   GET /index.html HTTP/1.1     method, blanks, address, blanks, version
 *   HTTP/1.1 404 Not Found       version, blanks, status, blanks, phrase
 * </pre>
 */
final class HttpStartLine {

	private static final String HTTP = "HTTP/";

	private static final Version WITHOUT_VERSION = new Version(0, 9);

	/** The least that a version behind an address may have: HTTP/1.1. */
	private static final int SHORTEST_VERSION = 8;

	private HttpStartLine() {
	}

	static HttpPacket parse(byte[] line) {
		HttpText text = HttpText.ofLine(line);
		Optional<HttpPacket> packet = text.startsWith(HTTP) ? response(text) : request(text);
		return packet.orElseGet(() -> new HttpPacket.Error(text.whole()));
	}

	private static Optional<HttpPacket> response(HttpText text) {
		return version(text).filter((version) -> text.isAtBlank()).flatMap((version) -> {
			text.skipBlanks();
			int status = text.number();
			if (!text.isAtEnd() && !text.isAtBlank()) {
				return Optional.empty();
			}
			text.skipBlanks();
			return Optional.of(new HttpPacket.Response(version, status, text.rest()));
		});
	}

	private static Optional<HttpPacket> request(HttpText text) {
		String method = text.token();
		if (method.isEmpty() || !text.isAtBlank()) {
			return Optional.empty();
		}
		text.skipBlanks();
		String uri = text.word();
		if (uri.isEmpty()) {
			return Optional.empty();
		}
		text.skipBlanks();
		return versionOfRequest(text)
			.map((version) -> new HttpPacket.Request(method, HttpUriParser.parse(uri), version));
	}

	private static Optional<Version> versionOfRequest(HttpText text) {
		if (text.isAtEnd()) {
			return Optional.of(WITHOUT_VERSION);
		}
		boolean isThere = text.remaining() >= SHORTEST_VERSION && text.startsWith(HTTP);
		return isThere ? version(text) : Optional.empty();
	}

	/** Whatever follows it is for the caller to judge. */
	private static Optional<Version> version(HttpText text) {
		text.skip(HTTP);
		if (!text.isAtDigit()) {
			return Optional.empty();
		}
		int major = text.number();
		if (!text.skip('.') || !text.isAtDigit()) {
			return Optional.empty();
		}
		return Optional.of(new Version(major, text.number()));
	}

}
