package io.gentcp.spring.boot;

import java.util.Optional;

import io.gentcp.transport.TlsOptions;

/** How a server speaks TLS: {@code gentcp.server.<name>.ssl}. */
public class GenTcpServerSslProperties extends GenTcpSslProperties {

	/**
	 * Whether clients are asked for a certificate: none, want (they may have none) or
	 * need (without one there is no connection).
	 */
	private ClientAuthSetting clientAuth = ClientAuthSetting.of("none");

	public ClientAuthSetting getClientAuth() {
		return this.clientAuth;
	}

	public void setClientAuth(ClientAuthSetting clientAuth) {
		this.clientAuth = clientAuth;
		setAnything();
	}

	/**
	 * The options of TLS, if the server speaks it; validates them first.
	 * @param prefix where these properties are
	 */
	Optional<TlsOptions> toOptions(String prefix, TlsBundles bundles) {
		if (!isSpoken(prefix)) {
			return Optional.empty();
		}
		TlsOptions options = bundles.ofServer(prefix, getBundle(), this.clientAuth.clientAuth());
		return Optional.of(withCommonOptions(prefix, options).clientAuth(this.clientAuth.clientAuth()));
	}

}
