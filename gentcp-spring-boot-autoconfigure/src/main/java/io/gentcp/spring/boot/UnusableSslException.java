package io.gentcp.spring.boot;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/** A client or server cannot speak TLS as its properties say. Start-up stops. */
final class UnusableSslException extends RuntimeException {

	private static final String KEY_STORE = """

			spring:
			  ssl:
			    bundle:
			      pem:
			        %s:
			          keystore:
			            certificate: file:/path/to/certificate.pem
			            private-key: file:/path/to/private-key.pem""";

	private static final String TRUST_STORE = """

			spring:
			  ssl:
			    bundle:
			      pem:
			        %s:
			          truststore:
			            certificate: file:/path/to/authority.pem""";

	private final String problem;

	private final String remedy;

	private UnusableSslException(String problem, String remedy) {
		this(problem, remedy, null);
	}

	private UnusableSslException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem + ". " + remedy, cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	/** Something about TLS is set, but not that it is spoken. */
	static UnusableSslException notSwitchedOn(String prefix) {
		return new UnusableSslException(
				"Neither '%1$s.bundle' nor '%1$s.enabled' is set, but something else below '%1$s' is".formatted(prefix),
				"Set '%1$s.bundle' to the name of an SSL bundle; or '%1$s.enabled' to false, for plain connections."
					.formatted(prefix));
	}

	/** A server has no bundle. */
	static UnusableSslException noBundle(String prefix) {
		return new UnusableSslException(
				"Property '%s.bundle' is not set, and a server has to show a certificate".formatted(prefix),
				"Set '%s.bundle' to the name of an SSL bundle with a private key:%n%s".formatted(prefix,
						KEY_STORE.formatted("mine")));
	}

	/** A client of a local socket has no name to verify. */
	static UnusableSslException noHost(String prefix) {
		return new UnusableSslException(
				"There is no host whose name the certificate could be for, because a local socket has a path only",
				"Set '%1$s.server-name' to the name in the certificate of the server, or '%1$s.verify-host' to false."
					.formatted(prefix));
	}

	/** There is no such bundle. */
	static UnusableSslException missing(BundleUse use, List<String> names) {
		return new UnusableSslException(
				"Property '%s.bundle' with value '%s' is the name of no SSL bundle".formatted(use.prefix(), use.name()),
				"%s:%n%s".formatted(
						names.isEmpty() ? "There is none; configure it"
								: "Set it to one of those there are (%s), or configure it"
									.formatted(String.join(", ", names)),
						(use.needsKey() ? KEY_STORE : TRUST_STORE).formatted(use.name())));
	}

	/** A server has nothing to show. */
	static UnusableSslException noPrivateKey(BundleUse use) {
		return new UnusableSslException(
				"SSL bundle '%s' of '%s.bundle' has no private key, and a server has to show a certificate"
					.formatted(use.name(), use.prefix()),
				"Give it a key store with a private key and its certificate:%n%s"
					.formatted(KEY_STORE.formatted(use.name())));
	}

	/** A server asks for certificates that it cannot check. */
	static UnusableSslException noTrustStore(BundleUse use) {
		return new UnusableSslException(
				"'%s.client-auth' asks clients for a certificate, but SSL bundle '%s' has no trust store to check it with"
					.formatted(use.prefix(), use.name()),
				"Set '%s.client-auth' to none, or give the bundle a trust store with whoever certifies the clients:%n%s"
					.formatted(use.prefix(), TRUST_STORE.formatted(use.name())));
	}

	/** A file of the bundle is missing, broken, or has another password. */
	static UnusableSslException unreadable(BundleUse use, Exception cause) {
		return new UnusableSslException(
				"SSL bundle '%s' of '%s.bundle' cannot be used: %s".formatted(use.name(), use.prefix(),
						NestedExceptionUtils.getMostSpecificCause(cause).getMessage()),
				"Check its files and passwords, below 'spring.ssl.bundle.pem.%1$s' or 'spring.ssl.bundle.jks.%1$s'."
					.formatted(use.name()),
				cause);
	}

	/** The bundle names versions or ciphers that there are not. */
	static UnusableSslException wrongOptions(BundleUse use, IllegalArgumentException cause) {
		return new UnusableSslException(
				"SSL bundle '%s' of '%s.bundle' cannot be used: its %s".formatted(use.name(), use.prefix(),
						cause.getMessage()),
				"Change them, below 'spring.ssl.bundle.pem.%1$s.options' or 'spring.ssl.bundle.jks.%1$s.options'."
					.formatted(use.name()),
				cause);
	}

	/** Returns what is wrong. */
	String problem() {
		return this.problem;
	}

	/** Returns what to do. */
	String remedy() {
		return this.remedy;
	}

}
