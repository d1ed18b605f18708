package io.gentcp.spring.boot;

import java.net.StandardProtocolFamily;
import java.util.Locale;

/**
 * A kind of addresses, as a property: {@code inet} or {@code inet6}.
 *
 * @param family which addresses
 */
public record FamilySetting(StandardProtocolFamily family) {

	static final String ALLOWED = "inet, inet6";

	/**
	 * The family of this name.
	 * @throws IllegalArgumentException if there is none, with what is allowed
	 */
	public static FamilySetting of(String name) {
		for (StandardProtocolFamily family : new StandardProtocolFamily[] { StandardProtocolFamily.INET,
				StandardProtocolFamily.INET6 }) {
			if (family.name().equalsIgnoreCase(name.strip())) {
				return new FamilySetting(family);
			}
		}
		throw new IllegalArgumentException("family '%s' is unknown; allowed: %s".formatted(name, ALLOWED));
	}

	@Override
	public String toString() {
		return this.family.name().toLowerCase(Locale.ROOT);
	}

}
