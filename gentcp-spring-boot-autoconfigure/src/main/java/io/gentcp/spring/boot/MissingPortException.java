package io.gentcp.spring.boot;

import org.jspecify.annotations.Nullable;

/** A client or server has no port. */
final class MissingPortException extends RuntimeException {

	private final String property;

	private final String meaning;

	MissingPortException(String property, String meaning) {
		super("%s is not set: %s".formatted(property, meaning));
		this.property = property;
		this.meaning = meaning;
	}

	/** Returns the port, if it is set. */
	static int orValue(@Nullable Integer port, String property, String meaning) {
		if (port == null) {
			throw new MissingPortException(property, meaning);
		}
		return port;
	}

	String property() {
		return this.property;
	}

	String meaning() {
		return this.meaning;
	}

}
