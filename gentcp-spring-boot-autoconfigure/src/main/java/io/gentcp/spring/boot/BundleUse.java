package io.gentcp.spring.boot;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;

import javax.net.ssl.SSLContext;

import io.gentcp.transport.TlsOptions;
import io.gentcp.transport.TlsOptions.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * What one client or server needs of its SSL bundle.
 *
 * @param prefix where its properties of TLS are
 * @param name the name of the bundle
 * @param needsKey whether it is a server, which cannot do without a private key
 * @param needsTrust whether it checks certificates that the JDK cannot vouch for: those
 * of the clients of a server
 */
record BundleUse(String prefix, String name, boolean needsKey, boolean needsTrust) {

	static BundleUse ofClient(String prefix, String name) {
		return new BundleUse(prefix, name, false, false);
	}

	static BundleUse ofServer(String prefix, String name, ClientAuth clientAuth) {
		return new BundleUse(prefix, name, true, clientAuth != ClientAuth.NONE);
	}

	/**
	 * Returns what the bundle has.
	 * @throws UnusableSslException if that is not enough, or cannot be read
	 */
	SSLContext context(SslBundle bundle) {
		try {
			// A bundle without stores may still have managers that know better.
			if (!bundle.getStores().equals(SslStoreBundle.NONE)) {
				checkStores(bundle.getStores());
			}
			return bundle.createSslContext();
		}
		catch (UnusableSslException ex) {
			throw ex;
		}
		catch (RuntimeException | KeyStoreException ex) {
			throw UnusableSslException.unreadable(this, ex);
		}
	}

	private void checkStores(SslStoreBundle stores) throws KeyStoreException {
		if (this.needsKey && !hasPrivateKey(stores.getKeyStore())) {
			throw UnusableSslException.noPrivateKey(this);
		}
		// Without, the JDK would take every client that some public authority knows.
		if (this.needsTrust && stores.getTrustStore() == null) {
			throw UnusableSslException.noTrustStore(this);
		}
	}

	private static boolean hasPrivateKey(@Nullable KeyStore store) throws KeyStoreException {
		if (store != null) {
			for (String alias : Collections.list(store.aliases())) {
				if (store.isKeyEntry(alias)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Restricts the versions and ciphers to those of the bundle, if it names any.
	 * @throws UnusableSslException if it names some that there are not
	 */
	TlsOptions withOptions(TlsOptions options, SslOptions ofBundle) {
		TlsOptions restricted = options;
		String[] protocols = ofBundle.getEnabledProtocols();
		String[] ciphers = ofBundle.getCiphers();
		try {
			if (protocols != null) {
				restricted = restricted.protocols(protocols);
			}
			return (ciphers != null) ? restricted.cipherSuites(ciphers) : restricted;
		}
		catch (IllegalArgumentException ex) {
			throw UnusableSslException.wrongOptions(this, ex);
		}
	}

}
