package io.gentcp.spring.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Files of SSL bundles that are replaced while clients and servers run. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TlsReloadTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path folder;

	private Path certificate;

	private Path key;

	private Path trusted;

	private final int port = FreePort.find();

	@BeforeEach
	void issue() {
		this.certificate = this.folder.resolve("certificate.pem");
		this.key = this.folder.resolve("key.pem");
		this.trusted = this.folder.resolve("trusted.pem");
		TestCertificates.replace(this.certificate, TestCertificates.certificate("server"));
		TestCertificates.replace(this.key, TestCertificates.key("server"));
		TestCertificates.replace(this.trusted, TestCertificates.certificate("authority"));
	}

	private ApplicationContextRunner runner() {
		return ConfiguredContext.runner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withBean(Echo.class)
			.withPropertyValues("spring.ssl.bundle.watch.file.quiet-period=50ms",
					"spring.ssl.bundle.pem.edge.reload-on-update=true",
					"spring.ssl.bundle.pem.edge.keystore.certificate=file:" + this.certificate,
					"spring.ssl.bundle.pem.edge.keystore.private-key=file:" + this.key,
					"spring.ssl.bundle.pem.orders.reload-on-update=true",
					"spring.ssl.bundle.pem.orders.truststore.certificate=file:" + this.trusted)
			.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.port=" + this.port,
					"gentcp.server.edge.ssl.bundle=edge", client("orders"), "gentcp.client.orders.ssl.bundle=orders",
					client("later"), "gentcp.client.later.ssl.bundle=orders");
	}

	private String client(String name) {
		return "gentcp.client.%s.port=%d".formatted(name, this.port);
	}

	@Test
	void aNewCertificateIsShownToNewConnectionsAndTheOldOneGoesOn() {
		runner().run((context) -> {
			assertThat(orders(context).sendAndReceive("before")).isEqualTo("before");
			GenTcpConnection old = connection(orders(context));
			assertThat(nameOfPeer(old)).isEqualTo("CN=server");
			int listening = context.getBean(GenTcpListenerContainer.class).port();

			TestCertificates.replace(this.key, TestCertificates.key("renewed"));
			TestCertificates.replace(this.certificate, TestCertificates.certificate("renewed"));
			awaitShown("CN=renewed");

			assertThat(later(context).sendAndReceive("after")).isEqualTo("after");
			assertThat(nameOfPeer(connection(later(context)))).isEqualTo("CN=renewed");
			assertThat(orders(context).sendAndReceive("still here")).isEqualTo("still here");
			assertThat(connection(orders(context))).isSameAs(old);
			assertThat(nameOfPeer(old)).isEqualTo("CN=server");
			assertThat(context.getBean(GenTcpListenerContainer.class).port()).isEqualTo(listening);
		});
	}

	@Test
	void aClientTrustsAnotherAuthorityWhenItConnectsAgain() {
		TestCertificates.replace(this.trusted, TestCertificates.certificate("stranger"));
		runner().run((context) -> {
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> orders(context).send("before"))
				.withMessageContaining("issued by nobody this side trusts");

			TestCertificates.replace(this.trusted, TestCertificates.certificate("authority"));

			await().atMost(PATIENCE)
				.ignoreException(ConnectFailedException.class)
				.until(() -> orders(context).sendAndReceive("after").equals("after"));
		});
	}

	@Test
	void aBundleThatHasLostItsKeyIsSaidAndTheOldOneGoesOn(CapturedOutput output) {
		runner().run((context) -> {
			SslBundleRegistry registry = context.getBean(SslBundleRegistry.class);

			registry.updateBundle("edge", context.getBean(SslBundles.class).getBundle("orders"));

			assertThat(output).contains("SSL bundle 'edge' has changed, but new connections go on with what it had: "
					+ "SSL bundle 'edge' of 'gentcp.server.edge.ssl.bundle' has no private key");
			assertThat(later(context).sendAndReceive("after")).isEqualTo("after");
			assertThat(nameOfPeer(connection(later(context)))).isEqualTo("CN=server");

			registry.updateBundle("edge", TestCertificates.bundle("renewed"));

			assertThat(shown()).isEqualTo("CN=renewed");
		});
	}

	private void awaitShown(String name) {
		// Between its two files the key is not that of the certificate.
		await().atMost(PATIENCE).ignoreException(IOException.class).until(() -> shown().equals(name));
	}

	/**
	 * Whose certificate the server shows to a client that comes now, one of the JDK's.
	 */
	private String shown() throws IOException {
		try (SSLSocket client = (SSLSocket) TestCertificates.context("client")
			.getSocketFactory()
			.createSocket("127.0.0.1", this.port)) {
			client.startHandshake();
			X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
			return certificate.getSubjectX500Principal().getName();
		}
	}

	private static GenTcpTemplate orders(ApplicationContext context) {
		return context.getBean("ordersGenTcpTemplate", GenTcpTemplate.class);
	}

	private static GenTcpTemplate later(ApplicationContext context) {
		return context.getBean("laterGenTcpTemplate", GenTcpTemplate.class);
	}

	private static GenTcpConnection connection(GenTcpTemplate client) {
		return client.connections().all().iterator().next();
	}

	private static String nameOfPeer(GenTcpConnection connection) {
		X509Certificate certificate = (X509Certificate) connection.tlsSession()
			.orElseThrow()
			.peerCertificates()
			.getFirst();
		return certificate.getSubjectX500Principal().getName();
	}

	static class Echo {

		@GenTcpListener("edge")
		byte[] onPacket(byte[] packet) {
			return packet;
		}

	}

}
