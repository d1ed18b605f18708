package io.gentcp.spring.boot;

import java.security.cert.X509Certificate;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.transport.TlsSession;

import org.springframework.stereotype.Component;

@Component
class Greeter {

	@GenTcpListener("edge")
	String greet(String packet, GenTcpConnection connection) {
		String sender = connection.tlsSession()
			.map(TlsSession::peerCertificates)
			.filter((certificates) -> !certificates.isEmpty())
			.map((certificates) -> ((X509Certificate) certificates.getFirst()).getSubjectX500Principal().getName())
			.orElse("nobody");
		return "%s from %s".formatted(packet, sender);
	}

}
