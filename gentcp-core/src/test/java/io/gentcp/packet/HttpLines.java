package io.gentcp.packet;

import java.util.Locale;

/**
 * Makes lines of HTTP/1 as browsers, proxies and people with a terminal send them, and
 * some that nobody should send. Used by one thread.
 */
final class HttpLines {

	private static final String[] METHODS = { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH",
			"CONNECT", "get", "M-SEARCH" };

	private static final String[] NAMES = { "Host", "Date", "Via", "Content-Length", "Content-Type", "Set-Cookie",
			"Set-Cookie2", "WWW-Authenticate", "ETag", "Content-MD5", "Transfer-Encoding", "X-Forwarded-For",
			"Proxy-Connection", "Proxy-Authenticate", "If-Unmodified-Since", "Accept-Ranges", "TE", "Origin" };

	private final Chance chance;

	HttpLines(Chance chance) {
		this.chance = chance;
	}

	/** A start line, and what may follow it: mostly headers up to their end, no body. */
	String message() {
		String line = (this.chance.oneIn(3) ? response() : request()) + end();
		return switch (this.chance.below(4)) {
			case 0 -> line;
			case 1 -> line + headers();
			default -> line + header() + end() + "Content-Length: 0" + end() + this.chance.oneOf("\r\n", "\n");
		};
	}

	/** Headers, and perhaps their end. */
	String headers() {
		StringBuilder headers = new StringBuilder();
		for (int left = this.chance.below(4); left > 0; left--) {
			headers.append(header()).append(end());
		}
		return headers.append(this.chance.oneIn(3) ? "" : end()).toString();
	}

	private String request() {
		String method = this.chance.oneIn(5) ? this.chance.name() : this.chance.oneOf(METHODS);
		String version = this.chance.oneIn(8) ? "" : blanks() + version();
		return blank(12) + method + blanks() + uri() + version + (this.chance.oneIn(12) ? " x" : "") + blank(12);
	}

	private String response() {
		String status = this.chance.oneOf("200", "404", "500", "100", "", "2x0", "4294967497", number(2000));
		String phrase = this.chance.oneOf("", "OK", "Not Found", this.chance.name(), this.chance.latin1());
		return version() + blanks() + status + (this.chance.oneIn(6) ? "" : blanks()) + phrase;
	}

	private String version() {
		return switch (this.chance.below(10)) {
			case 0 -> "HTTP/" + number(20) + "." + number(20);
			case 1 -> this.chance.oneOf("HTTP/1", "HTTP/1.", "HTTP/.1", "http/1.1", "HTTP/1.x", "HTP/1.1", "HTTP/",
					"HTTP/1.1x", "HTTP/2147483648.9999999999");
			default -> this.chance.oneOf("HTTP/1.1", "HTTP/1.0");
		};
	}

	private String uri() {
		return switch (this.chance.below(10)) {
			case 0 -> "*";
			case 1, 2, 3 -> path();
			case 4, 5 -> scheme() + "://" + host() + port() + (this.chance.oneIn(4) ? "" : path());
			case 6 -> this.chance.oneOf("http:", "https:", "http:/", "https:/") + this.chance.name();
			case 7 -> this.chance.name() + ":" + this.chance.oneOf(this.chance.name(), number(70_000), "");
			case 8 -> this.chance.name();
			default -> this.chance.oneOf("/", ":", "x", "", "*" + path(), "/" + this.chance.latin1());
		};
	}

	private String path() {
		String path = "/" + this.chance.oneOf("", this.chance.name(), "a/b:c", "%20", "index.html;x");
		return this.chance.oneIn(3) ? path + "?" + this.chance.name() + "=" + this.chance.name() : path;
	}

	private String scheme() {
		return this.chance.oneOf("http", "http", "https", "HTTP", "hTtPs", "ftp", "ws");
	}

	private String host() {
		return this.chance.oneOf("localhost", "www.erlang.org", "10.0.0.1", "[::1]", "[fe80::1%25eth0]", "[::1", "::1",
				"[]", "[::1]x", "", "user:secret@h", this.chance.name());
	}

	private String port() {
		return this.chance.oneIn(2) ? "" : ":" + this.chance.oneOf("80", "0", "", "65536", "12a", "-1", "4294967376",
				number(100_000), this.chance.name());
	}

	private String header() {
		String value = this.chance.oneOf("", "close", "text/html; charset=utf-8", this.chance.name(),
				this.chance.name() + "  ", this.chance.latin1());
		String colon = this.chance.oneIn(8) ? this.chance.oneOf(" :", "", "::", "\t:") : ":";
		String header = blank(20) + headerName() + colon + (this.chance.oneIn(4) ? "" : blanks()) + value;
		return this.chance.oneIn(6) ? header + end() + blanks() + this.chance.name() : header;
	}

	private String headerName() {
		String name = switch (this.chance.below(8)) {
			case 0 -> this.chance.name();
			case 1 -> "X-" + this.chance.name();
			case 2 -> this.chance.oneOf("a", "-", "aB-").repeat(this.chance.between(1, 60));
			case 3 -> this.chance.latin1();
			default -> this.chance.oneOf(NAMES);
		};
		return switch (this.chance.below(4)) {
			case 0 -> name.toLowerCase(Locale.ROOT);
			case 1 -> name.toUpperCase(Locale.ROOT);
			default -> name;
		};
	}

	private String end() {
		return this.chance.oneIn(12) ? this.chance.oneOf("\r", "\r\r\n", "\rx\n", "\n\r")
				: this.chance.oneOf("\r\n", "\n");
	}

	private String blanks() {
		return this.chance.oneIn(6) ? this.chance.oneOf("  ", "\t", " \t ") : " ";
	}

	private String blank(int times) {
		return this.chance.oneIn(times) ? blanks() : "";
	}

	private String number(int bound) {
		return Integer.toString(this.chance.below(bound));
	}

}
