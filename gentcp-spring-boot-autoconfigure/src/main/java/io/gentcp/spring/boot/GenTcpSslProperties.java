package io.gentcp.spring.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.gentcp.SocketOptions;
import io.gentcp.transport.TlsOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How TLS is spoken, as far as clients and servers have it in common. Keys, certificates,
 * versions and ciphers are those of an SSL bundle of Spring Boot.
 */
public abstract class GenTcpSslProperties {

	private static final int LONGEST_APPLICATION_PROTOCOL = 255;

	/**
	 * Whether to speak TLS. By default if a bundle is set.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Name of the SSL bundle below spring.ssl.bundle that has the key and the trusted
	 * certificates.
	 */
	private @Nullable String bundle;

	/**
	 * Time a handshake may take.
	 */
	private Timeout handshakeTimeout = Timeout.of("10s");

	/**
	 * What is spoken above TLS, best first, for both sides to agree on (ALPN). Nothing by
	 * default.
	 */
	private @Nullable List<String> applicationProtocols;

	private boolean anythingIsSet;

	public boolean isEnabled() {
		return (this.enabled != null) ? this.enabled : this.bundle != null;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public Timeout getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Timeout handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
		setAnything();
	}

	public @Nullable List<String> getApplicationProtocols() {
		return this.applicationProtocols;
	}

	public void setApplicationProtocols(@Nullable List<String> applicationProtocols) {
		this.applicationProtocols = applicationProtocols;
		setAnything();
	}

	/** Notes that somebody wants TLS, whether or not it is switched on. */
	void setAnything() {
		this.anythingIsSet = true;
	}

	/**
	 * Returns whether TLS is spoken.
	 * @param prefix where these properties are
	 * @throws UnusableSslException if something is set, but nothing says that it is: the
	 * connection would be plain, and nobody had said so
	 */
	boolean isSpoken(String prefix) {
		if (this.anythingIsSet && this.enabled == null && this.bundle == null) {
			throw UnusableSslException.notSwitchedOn(prefix);
		}
		return isEnabled();
	}

	/** Sets what clients and servers have in common; validates it first. */
	TlsOptions withCommonOptions(String prefix, TlsOptions options) {
		Duration timeout = this.handshakeTimeout.duration();
		GenTcpKernelProperties.check(timeout.isPositive() && timeout.compareTo(SocketOptions.INFINITY) < 0,
				prefix + ".handshake-timeout", this.handshakeTimeout, "allowed: more than 0, and not infinity");
		TlsOptions timed = options.handshakeTimeout(timeout);
		if (this.applicationProtocols == null) {
			return timed;
		}
		this.applicationProtocols.forEach((protocol) -> checkApplicationProtocol(prefix, protocol));
		return timed.applicationProtocols(this.applicationProtocols.toArray(String[]::new));
	}

	private static void checkApplicationProtocol(String prefix, String protocol) {
		int bytes = protocol.getBytes(StandardCharsets.UTF_8).length;
		if (protocol.isBlank() || bytes > LONGEST_APPLICATION_PROTOCOL) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".application-protocols", protocol,
					"allowed: names of 1 to %d bytes, such as h2".formatted(LONGEST_APPLICATION_PROTOCOL));
		}
	}

}
