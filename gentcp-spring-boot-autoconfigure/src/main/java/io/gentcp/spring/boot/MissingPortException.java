package io.gentcp.spring.boot;

import org.jspecify.annotations.Nullable;

/** A client or server has no port, nor the path of a local socket. */
final class MissingPortException extends RuntimeException {

	private final String prefix;

	private final String meaning;

	MissingPortException(String prefix, String meaning) {
		super("%s.port is not set: %s".formatted(prefix, meaning));
		this.prefix = prefix;
		this.meaning = meaning;
	}

	/** Returns the port, if it is set. */
	static int orValue(@Nullable Integer port, String prefix, String meaning) {
		if (port == null) {
			throw new MissingPortException(prefix, meaning);
		}
		return port;
	}

	String prefix() {
		return this.prefix;
	}

	String meaning() {
		return this.meaning;
	}

}
