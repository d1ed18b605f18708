package io.gentcp.packet;

/** Tells the shapes of a request's address apart. Has no state. */
final class HttpUriParser {

	private HttpUriParser() {
	}

	static HttpUri parse(String text) {
		if (text.equals("*")) {
			return HttpUri.Asterisk.INSTANCE;
		}
		if (text.length() <= 1 || text.startsWith("/")) {
			return new HttpUri.AbsolutePath(text);
		}
		if (startsWith(text, "http://")) {
			return absolute("http", text.substring("http://".length()));
		}
		if (startsWith(text, "https://")) {
			return absolute("https", text.substring("https://".length()));
		}
		int colon = text.indexOf(':');
		return (colon < 0) ? new HttpUri.Text(text)
				: new HttpUri.OtherScheme(text.substring(0, colon), text.substring(colon + 1));
	}

	private static boolean startsWith(String text, String scheme) {
		return text.regionMatches(true, 0, scheme, 0, scheme.length());
	}

	private static HttpUri absolute(String scheme, String text) {
		int slash = text.indexOf('/');
		String authority = (slash < 0) ? text : text.substring(0, slash);
		String path = (slash < 0) ? "/" : text.substring(slash);
		int end = hostEnd(authority);
		return new HttpUri.AbsoluteUri(scheme, authority.substring(0, end), port(authority.substring(end)), path);
	}

	/**
	 * Up to the first colon; or up to the bracket that closes an address of IPv6, which
	 * has colons of its own. OTP 25 cuts that at its first colon, later ones do not.
	 */
	private static int hostEnd(String authority) {
		int colon = authority.indexOf(':');
		if (colon < 0) {
			return authority.length();
		}
		int bracket = authority.startsWith("[") ? authority.indexOf(']') : -1;
		return (bracket < 0) ? colon : bracket + 1;
	}

	/** What follows the host: a colon and digits, or it counts as none. */
	private static int port(String text) {
		HttpText port = HttpText.of(text);
		if (!port.skip(':')) {
			return 0;
		}
		int number = port.number();
		return port.isAtEnd() ? number : 0;
	}

}
