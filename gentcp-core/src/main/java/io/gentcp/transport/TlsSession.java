package io.gentcp.transport;

import java.security.cert.Certificate;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What the two sides of a TLS connection agreed on: {@code ssl:connection_information/1}.
 *
 * @param protocol the version, {@code TLSv1.3}
 * @param cipherSuite how records are encrypted, {@code TLS_AES_256_GCM_SHA384}
 * @param applicationProtocol what is spoken above TLS, empty if nothing was agreed on
 * @param peerCertificates the peer's certificate and those above it, empty if it has none
 */
public record TlsSession(String protocol, String cipherSuite, String applicationProtocol,
		List<Certificate> peerCertificates) {

	static TlsSession of(SSLEngine engine) {
		String applicationProtocol = engine.getApplicationProtocol();
		return new TlsSession(engine.getSession().getProtocol(), engine.getSession().getCipherSuite(),
				(applicationProtocol != null) ? applicationProtocol : "", certificates(engine));
	}

	private static List<Certificate> certificates(SSLEngine engine) {
		try {
			return List.of(engine.getSession().getPeerCertificates());
		}
		catch (SSLPeerUnverifiedException ex) {
			return List.of();
		}
	}

}
