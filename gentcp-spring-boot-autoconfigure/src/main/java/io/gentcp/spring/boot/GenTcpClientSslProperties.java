package io.gentcp.spring.boot;

import java.util.Optional;

import io.gentcp.transport.TlsOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** How a client speaks TLS: {@code gentcp.client.<name>.ssl}. */
public class GenTcpClientSslProperties extends GenTcpSslProperties {

	/**
	 * Name that is asked for, and that the certificate of the server has to be for. The
	 * host by default.
	 */
	private @Nullable String serverName;

	/**
	 * Whether the certificate of the server has to be for its host. Without it anybody
	 * with a trusted certificate can be the server.
	 */
	private boolean verifyHost = true;

	public @Nullable String getServerName() {
		return this.serverName;
	}

	public void setServerName(@Nullable String serverName) {
		this.serverName = serverName;
		setAnything();
	}

	public boolean isVerifyHost() {
		return this.verifyHost;
	}

	public void setVerifyHost(boolean verifyHost) {
		this.verifyHost = verifyHost;
		setAnything();
	}

	/**
	 * The options of TLS, if the client speaks it; validates them first.
	 * @param prefix where these properties are
	 * @param isLocal whether it connects to a path, which is nobody's name
	 */
	Optional<TlsOptions> toOptions(String prefix, TlsBundles bundles, boolean isLocal) {
		if (!isSpoken(prefix)) {
			return Optional.empty();
		}
		if (isLocal && this.verifyHost && this.serverName == null) {
			throw UnusableSslException.noHost(prefix);
		}
		TlsOptions options = withCommonOptions(prefix, bundles.ofClient(prefix, getBundle()))
			.verifyHost(this.verifyHost);
		return Optional.of((this.serverName != null) ? named(options, prefix, this.serverName) : options);
	}

	private static TlsOptions named(TlsOptions options, String prefix, String name) {
		try {
			return options.serverName(name);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".server-name", name,
					"allowed: the name of a host");
		}
	}

}
