package io.gentcp.packet;

import java.nio.charset.StandardCharsets;

/**
 * Reads a line of HTTP from left to right, straight from its bytes. Used by one thread.
 */
final class HttpText {

	/** Of every byte whether it separates, so that it is no part of a token. */
	private static final boolean[] SEPARATORS = separators();

	private final byte[] bytes;

	private final int end;

	private int at;

	private HttpText(byte[] bytes, int end) {
		this.bytes = bytes;
		this.end = end;
	}

	static HttpText of(String text) {
		return new HttpText(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
	}

	/** A line without its end: CR and the byte behind it, or LF alone. */
	static HttpText ofLine(byte[] line) {
		int size = line.length;
		boolean hasCarriageReturn = size >= 2 && line[size - 2] == '\r';
		return new HttpText(line, hasCarriageReturn ? size - 2 : size - 1);
	}

	private static boolean[] separators() {
		boolean[] separators = new boolean[256];
		for (int octet = 0; octet < separators.length; octet++) {
			separators[octet] = octet <= ' ' || octet > 127 || "()<>@,;:\\\"/[]?={}".indexOf(octet) >= 0;
		}
		return separators;
	}

	boolean isAtEnd() {
		return this.at == this.end;
	}

	int remaining() {
		return this.end - this.at;
	}

	boolean startsWith(String prefix) {
		boolean isThere = remaining() >= prefix.length();
		for (int i = 0; isThere && i < prefix.length(); i++) {
			isThere = this.bytes[this.at + i] == prefix.charAt(i);
		}
		return isThere;
	}

	boolean isAtDigit() {
		return !isAtEnd() && isDigit(this.bytes[this.at]);
	}

	boolean isAtBlank() {
		return !isAtEnd() && isBlank(this.bytes[this.at]);
	}

	/** Skips a prefix that is there. */
	void skip(String prefix) {
		this.at += prefix.length();
	}

	/** Skips this character, if it is next. */
	boolean skip(char wanted) {
		boolean isNext = !isAtEnd() && this.bytes[this.at] == wanted;
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
		while (!isAtEnd() && !SEPARATORS[Byte.toUnsignedInt(this.bytes[this.at])]) {
			this.at++;
		}
		return text(start, this.at);
	}

	/** Everything up to a blank; may be empty. */
	String word() {
		int start = this.at;
		while (!isAtEnd() && !isBlank(this.bytes[this.at])) {
			this.at++;
		}
		return text(start, this.at);
	}

	/** Digits, 0 if there are none. Wraps around as a C int does in Erlang. */
	int number() {
		int number = 0;
		while (isAtDigit()) {
			number = 10 * number + (this.bytes[this.at] - '0');
			this.at++;
		}
		return number;
	}

	/** Everything that is left. */
	String rest() {
		return text(this.at, this.end);
	}

	/** The whole line, with its end. */
	String whole() {
		return text(0, this.bytes.length);
	}

	private String text(int from, int to) {
		return new String(this.bytes, from, to - from, StandardCharsets.ISO_8859_1);
	}

	private static boolean isDigit(byte octet) {
		return octet >= '0' && octet <= '9';
	}

	private static boolean isBlank(byte octet) {
		return octet == ' ' || octet == '\t';
	}

}
