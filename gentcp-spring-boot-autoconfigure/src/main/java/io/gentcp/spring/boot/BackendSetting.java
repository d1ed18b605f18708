package io.gentcp.spring.boot;

import java.util.Locale;

import io.gentcp.transport.Backend;

/**
 * A backend, as a property: {@code inet} or {@code socket}.
 *
 * @param backend what carries the connections
 */
public record BackendSetting(Backend backend) {

	static final String ALLOWED = "inet, socket";

	/**
	 * The backend of this name.
	 * @throws IllegalArgumentException if there is none, with what is allowed
	 */
	public static BackendSetting of(String name) {
		for (Backend backend : Backend.values()) {
			if (backend.name().equalsIgnoreCase(name.strip())) {
				return new BackendSetting(backend);
			}
		}
		throw new IllegalArgumentException("backend '%s' is unknown; allowed: %s".formatted(name, ALLOWED));
	}

	@Override
	public String toString() {
		return this.backend.name().toLowerCase(Locale.ROOT);
	}

}
