package io.gentcp.spring.boot;

import java.util.Locale;

import io.gentcp.transport.TlsOptions.ClientAuth;

/**
 * Whether a server asks its clients for a certificate, as a property: {@code none},
 * {@code want} or {@code need}.
 *
 * @param clientAuth what it asks for
 */
public record ClientAuthSetting(ClientAuth clientAuth) {

	static final String ALLOWED = "none, want, need";

	/**
	 * The setting of this name.
	 * @throws IllegalArgumentException if there is none, with what is allowed
	 */
	public static ClientAuthSetting of(String name) {
		for (ClientAuth clientAuth : ClientAuth.values()) {
			if (clientAuth.name().equalsIgnoreCase(name.strip())) {
				return new ClientAuthSetting(clientAuth);
			}
		}
		throw new IllegalArgumentException("client-auth '%s' is unknown; allowed: %s".formatted(name, ALLOWED));
	}

	@Override
	public String toString() {
		return this.clientAuth.name().toLowerCase(Locale.ROOT);
	}

}
