package io.gentcp.spring.boot;

import java.util.List;

import io.gentcp.transport.TlsOptions;
import io.gentcp.transport.TlsOptions.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The SSL bundles of the application, as options of TLS: keys, trust, versions and
 * ciphers. They are asked for only if somebody speaks TLS.
 */
final class TlsBundles {

	private final ObjectProvider<SslBundles> provider;

	TlsBundles(ObjectProvider<SslBundles> provider) {
		this.provider = provider;
	}

	/**
	 * Returns the options of a client.
	 * @param prefix where its properties of TLS are
	 * @param name the name of its bundle, or null to trust whom the JDK trusts
	 * @throws UnusableSslException if there is no such bundle, or it is of no use
	 */
	TlsOptions ofClient(String prefix, @Nullable String name) {
		if (name == null) {
			return TlsOptions.of(SslBundle.systemDefault().createSslContext());
		}
		return options(BundleUse.ofClient(prefix, name));
	}

	/**
	 * Returns the options of a server.
	 * @param prefix where its properties of TLS are
	 * @param name the name of its bundle, which it has to have
	 * @param clientAuth whether clients are asked for a certificate
	 * @throws UnusableSslException if there is no such bundle, or it is of no use
	 */
	TlsOptions ofServer(String prefix, @Nullable String name, ClientAuth clientAuth) {
		if (name == null) {
			throw UnusableSslException.noBundle(prefix);
		}
		return options(BundleUse.ofServer(prefix, name, clientAuth));
	}

	private TlsOptions options(BundleUse use) {
		SslBundles bundles = this.provider.getIfAvailable();
		List<String> names = (bundles != null) ? bundles.getBundleNames() : List.of();
		if (bundles == null || !names.contains(use.name())) {
			throw UnusableSslException.missing(use, names);
		}
		TlsOptions options = TlsOptions.of(BundleContext.of(use, bundles));
		return use.withOptions(options, bundles.getBundle(use.name()).getOptions());
	}

}
