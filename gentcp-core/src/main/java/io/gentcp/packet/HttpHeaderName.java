package io.gentcp.packet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The spelling of header names, and those that Erlang knows. Has no state. */
final class HttpHeaderName {

	/** A longer name stays as it was sent. */
	private static final int LONGEST = 50;

	/** In Erlang's order, which its index counts. */
	private static final List<String> KNOWN = List.of("Cache-Control", "Connection", "Date", "Pragma",
			"Transfer-Encoding", "Upgrade", "Via", "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language",
			"Authorization", "From", "Host", "If-Modified-Since", "If-Match", "If-None-Match", "If-Range",
			"If-Unmodified-Since", "Max-Forwards", "Proxy-Authorization", "Range", "Referer", "User-Agent", "Age",
			"Location", "Proxy-Authenticate", "Public", "Retry-After", "Server", "Vary", "Warning", "Www-Authenticate",
			"Allow", "Content-Base", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location",
			"Content-Md5", "Content-Range", "Content-Type", "Etag", "Expires", "Last-Modified", "Accept-Ranges",
			"Set-Cookie", "Set-Cookie2", "X-Forwarded-For", "Cookie", "Keep-Alive", "Proxy-Connection");

	private static final Map<String, Integer> INDEXES = indexes();

	private HttpHeaderName() {
	}

	private static Map<String, Integer> indexes() {
		Map<String, Integer> indexes = new HashMap<>();
		for (String name : KNOWN) {
			indexes.put(name, indexes.size() + 1);
		}
		return Map.copyOf(indexes);
	}

	/**
	 * Letters at the start and behind a hyphen in upper case, all others in lower. Most
	 * names are sent like this, and are returned as they are.
	 */
	static String usual(String name) {
		return (name.length() > LONGEST || isUsual(name)) ? name : respelled(name);
	}

	private static boolean isUsual(String name) {
		boolean first = true;
		for (int i = 0; i < name.length(); i++) {
			char letter = name.charAt(i);
			if (letter != usual(letter, first)) {
				return false;
			}
			first = startsBehind(letter, first);
		}
		return true;
	}

	private static String respelled(String name) {
		char[] letters = name.toCharArray();
		boolean first = true;
		for (int i = 0; i < letters.length; i++) {
			char letter = letters[i];
			letters[i] = usual(letter, first);
			first = startsBehind(letter, first);
		}
		return new String(letters);
	}

	private static char usual(char letter, boolean first) {
		return first ? upper(letter) : lower(letter);
	}

	/** A hyphen that is itself the first starts nothing: what follows is lower case. */
	private static boolean startsBehind(char letter, boolean first) {
		return !first && letter == '-';
	}

	/** From 1 for a name that Erlang knows in its usual spelling; 0 for any other. */
	static int index(String usual) {
		return INDEXES.getOrDefault(usual, 0);
	}

	private static char upper(char letter) {
		return (letter >= 'a' && letter <= 'z') ? (char) (letter - 'a' + 'A') : letter;
	}

	private static char lower(char letter) {
		return (letter >= 'A' && letter <= 'Z') ? (char) (letter - 'A' + 'a') : letter;
	}

}
