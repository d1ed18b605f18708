package io.gentcp.spring.boot;

import java.util.Locale;

import io.gentcp.spring.core.Recovery;

/**
 * What becomes of a partial packet, as a property: {@code resume}, {@code manual} or
 * {@code close}.
 *
 * @param recovery what a client does when a send times out with a part of the packet out
 */
public record RecoverySetting(Recovery recovery) {

	static final String ALLOWED = "resume, manual, close";

	/**
	 * The recovery of this name.
	 * @throws IllegalArgumentException if there is none, with what is allowed
	 */
	public static RecoverySetting of(String name) {
		for (Recovery recovery : Recovery.values()) {
			if (recovery.name().equalsIgnoreCase(name.strip())) {
				return new RecoverySetting(recovery);
			}
		}
		throw new IllegalArgumentException("recovery '%s' is unknown; allowed: %s".formatted(name, ALLOWED));
	}

	@Override
	public String toString() {
		return this.recovery.name().toLowerCase(Locale.ROOT);
	}

}
