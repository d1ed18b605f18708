package io.gentcp.packet;

/** Reads a line of HTTP from left to right. Used by one thread. */
final class HttpText {

	/**
	 * What separates, so that it is no part of a token; besides controls and non-ASCII.
	 */
	private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

	private final String text;

	private final int end;

	private int at;

	private HttpText(String text, int end) {
		this.text = text;
		this.end = end;
	}

	static HttpText of(String text) {
		return new HttpText(text, text.length());
	}

	/** A line without its end: CR and the byte behind it, or LF alone. */
	static HttpText ofLine(String line) {
		int size = line.length();
		boolean hasCarriageReturn = size >= 2 && line.charAt(size - 2) == '\r';
		return new HttpText(line, hasCarriageReturn ? size - 2 : size - 1);
	}

	boolean isAtEnd() {
		return this.at == this.end;
	}

	int remaining() {
		return this.end - this.at;
	}

	boolean startsWith(String prefix) {
		return remaining() >= prefix.length() && this.text.startsWith(prefix, this.at);
	}

	boolean isAtDigit() {
		return !isAtEnd() && isDigit(this.text.charAt(this.at));
	}

	boolean isAtBlank() {
		return !isAtEnd() && isBlank(this.text.charAt(this.at));
	}

	/** Skips a prefix that is there. */
	void skip(String prefix) {
		this.at += prefix.length();
	}

	/** Skips this character, if it is next. */
	boolean skip(char wanted) {
		boolean isNext = !isAtEnd() && this.text.charAt(this.at) == wanted;
		if (isNext) {
			this.at++;
		}
		return isNext;
	}

	void skipBlanks() {
		while (isAtBlank()) {
			this.at++;
		}
	}

	/** Everything up to a separator; may be empty. */
	String token() {
		int start = this.at;
		while (!isAtEnd() && !isSeparator(this.text.charAt(this.at))) {
			this.at++;
		}
		return this.text.substring(start, this.at);
	}

	/** Everything up to a blank; may be empty. */
	String word() {
		int start = this.at;
		while (!isAtEnd() && !isBlank(this.text.charAt(this.at))) {
			this.at++;
		}
		return this.text.substring(start, this.at);
	}

	/** Digits, 0 if there are none. Wraps around as a C int does in Erlang. */
	int number() {
		int number = 0;
		while (isAtDigit()) {
			number = 10 * number + (this.text.charAt(this.at) - '0');
			this.at++;
		}
		return number;
	}

	/** Everything that is left. */
	String rest() {
		return this.text.substring(this.at, this.end);
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static boolean isBlank(char character) {
		return character == ' ' || character == '\t';
	}

	private static boolean isSeparator(char character) {
		return character <= ' ' || character > 127 || SEPARATORS.indexOf(character) >= 0;
	}

}
