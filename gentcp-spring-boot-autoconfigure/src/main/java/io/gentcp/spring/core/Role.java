package io.gentcp.spring.core;

import java.util.Locale;

/** Which side of a connection this application is. */
public enum Role {

	/** It connects. */
	CLIENT,

	/** It accepts. */
	SERVER;

	/** Shows it as messages and meters do: {@code client}, {@code server}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
