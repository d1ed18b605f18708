package io.gentcp.spring.boot;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.TlsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Clients and servers that speak TLS because their properties say so. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TlsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final int port = FreePort.find();

	/** A server with a certificate, and a client that trusts who issued it. */
	private final ApplicationContextRunner runner = ConfiguredContext.runner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withBean(Edge.class)
		.withPropertyValues(TestCertificates.keyStore("edge", "server"))
		.withPropertyValues(TestCertificates.trustStore("orders", "authority"))
		.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.port=" + this.port,
				"gentcp.server.edge.ssl.bundle=edge", "gentcp.client.orders.port=" + this.port,
				"gentcp.client.orders.ssl.bundle=orders");

	@Test
	void aClientAndAServerTalkWithTheBundlesThatTheyName() {
		this.runner.run((context) -> {
			assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody");

			TlsSession session = session(context);
			assertThat(session.protocol()).isEqualTo("TLSv1.3");
			assertThat(nameOfPeer(session)).isEqualTo("CN=server");
			assertThat(session.applicationProtocol()).isEmpty();
		});
	}

	@Test
	void aBundleMayBeAKeyStore() {
		Path store = TestCertificates.store();
		this.runner
			.withPropertyValues("spring.ssl.bundle.jks.store.keystore.location=file:" + store,
					"spring.ssl.bundle.jks.store.keystore.password=" + TestCertificates.PASSWORD,
					"spring.ssl.bundle.jks.store.keystore.type=PKCS12", "spring.ssl.bundle.jks.store.key.alias=renewed",
					"gentcp.server.edge.ssl.bundle=store")
			.run((context) -> {
				assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody");
				assertThat(nameOfPeer(session(context))).isEqualTo("CN=renewed");
			});
	}

	@Test
	void aListenerKnowsTheClientByItsCertificate() {
		this.runner.withPropertyValues(TestCertificates.keyStore("orders", "client"))
			.withPropertyValues(TestCertificates.trustStore("edge", "authority"))
			.withPropertyValues("gentcp.server.edge.ssl.client-auth=need")
			.run((context) -> assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from CN=client"));
	}

	@Test
	void aClientWithoutACertificateIsRefusedWhereOneIsNeeded() {
		this.runner.withPropertyValues(TestCertificates.trustStore("edge", "authority"))
			.withPropertyValues("gentcp.server.edge.ssl.client-auth=need")
			.run((context) -> {
				// In TLS 1.3 a client is done before the server has looked.
				assertThatExceptionOfType(GenTcpException.class)
					.isThrownBy(() -> client(context).sendAndReceive("hello"));
				GenTcpEvent.HandshakeFailed failed = context.getBean(Edge.class).awaitFailedHandshake();
				assertThat(failed.reason()).contains("Empty client certificate chain");
				assertThat(failed.name()).isEqualTo("edge");
				assertThat(failed.role()).isEqualTo(Role.SERVER);
			});
	}

	@Test
	void inTls12ItIsRefusedBeforeItIsConnected() {
		this.runner.withPropertyValues(TestCertificates.trustStore("edge", "authority"))
			.withPropertyValues("gentcp.server.edge.ssl.client-auth=need",
					"spring.ssl.bundle.pem.orders.options.enabled-protocols=TLSv1.2")
			.run((context) -> assertThatExceptionOfType(ConnectFailedException.class)
				.isThrownBy(() -> client(context).sendAndReceive("hello"))
				.withMessageContaining("fatal alert")
				.satisfies((ex) -> assertThat(ex.isHandshakeFailure()).isTrue()));
	}

	@Test
	void aClientMayHaveNoCertificateWhereOneIsOnlyWanted() {
		this.runner.withPropertyValues(TestCertificates.trustStore("edge", "authority"))
			.withPropertyValues("gentcp.server.edge.ssl.client-auth=want")
			.run((context) -> assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody"));
	}

	@Test
	void bothSidesAgreeOnAnApplicationProtocol() {
		this.runner
			.withPropertyValues("gentcp.server.edge.ssl.application-protocols=stock/2,stock/1",
					"gentcp.client.orders.ssl.application-protocols=stock/1")
			.run((context) -> {
				assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody");
				assertThat(session(context).applicationProtocol()).isEqualTo("stock/1");
			});
	}

	@ParameterizedTest
	@CsvSource({ "enabled-protocols, TLSv1.2, TLSv1.2, ''",
			"ciphers, TLS_AES_128_GCM_SHA256, TLSv1.3, TLS_AES_128_GCM_SHA256" })
	void theVersionsAndCiphersOfTheBundleAreSpoken(String option, String value, String version, String cipher) {
		this.runner.withPropertyValues("spring.ssl.bundle.pem.edge.options.%s=%s".formatted(option, value))
			.run((context) -> {
				assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody");
				assertThat(session(context).protocol()).isEqualTo(version);
				assertThat(session(context).cipherSuite()).contains(cipher);
			});
	}

	@Test
	void aServerThatIsNotTrustedIsAConnectFailureWithTheReason() {
		this.runner.withPropertyValues(TestCertificates.trustStore("orders", "stranger")).run((context) -> {
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client(context).send("hello"))
				.withMessageContaining("the host was reached, but there is no TLS with it")
				.withMessageContaining("issued by nobody this side trusts")
				.satisfies((ex) -> assertThat(ex.isHandshakeFailure()).isTrue())
				.satisfies((ex) -> assertThat(ex.isTimeout()).isFalse());
			assertThat(context.getBean(Edge.class).awaitFailedHandshake().reason()).contains("certificate_unknown");
			assertThat(client(context).connections().connectFailure()).hasValueSatisfying(
					(failure) -> assertThat(failure.failure()).hasMessageContaining("nobody this side trusts"));
			assertThat(client(context).counters().handshakesFailed()).isOne();
			assertThat(server(context).connections().counters().handshakesFailed()).isOne();
		});
	}

	@Test
	void aClientThatIsKeptConnectedLogsWhyItIsNot(CapturedOutput output) {
		this.runner
			.withPropertyValues(TestCertificates.trustStore("orders", "stranger"),
					"gentcp.client.orders.keep-connected=true")
			.run((context) -> await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(output).contains("not connected, tried again until it succeeds")
					.contains("issued by nobody this side trusts")));
	}

	@Test
	void aHandshakeThatFailsCostsTheOthersNothing() {
		this.runner.run((context) -> {
			try (PeerConnection plain = ScriptedPeer.connecting("127.0.0.1", this.port,
					Step.send("GET / HTTP/1.1\r\n\r\n".getBytes()))) {
				GenTcpEvent.HandshakeFailed failed = context.getBean(Edge.class).awaitFailedHandshake();
				assertThat(failed.peer()).isEqualTo(plain.localAddress());
				assertThat(failed.reason()).contains("does not speak TLS");
				assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody");
				assertThat(server(context).connections().counters().handshakesCompleted()).isOne();
				assertThat(server(context).connections().counters().connectionsOpened()).isOne();
			}
		});
	}

	@Test
	void aSilentPeerIsGivenUpAfterTheHandshakeTimeout() {
		this.runner.withPropertyValues("gentcp.server.edge.ssl.handshake-timeout=300ms").run((context) -> {
			try (PeerConnection silent = ScriptedPeer.connecting("127.0.0.1", this.port)) {
				assertThat(context.getBean(Edge.class).awaitFailedHandshake().reason()).contains("within 300 ms");
				silent.awaitEndOfStream(PATIENCE);
			}
		});
	}

	@Test
	void aServerWithTheCertificateOfAnotherHostIsRefused() {
		this.runner.withPropertyValues(TestCertificates.keyStore("edge", "elsewhere"))
			.run((context) -> assertThatExceptionOfType(ConnectFailedException.class)
				.isThrownBy(() -> client(context).send("hello"))
				.withMessageContaining("localhost"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server-name=elsewhere.test", "verify-host=false" })
	void itIsTakenIfItIsTheOneThatIsMeantOrAnybodyWillDo(String property) {
		this.runner.withPropertyValues(TestCertificates.keyStore("edge", "elsewhere"))
			.withPropertyValues("gentcp.client.orders.ssl." + property)
			.run((context) -> assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody"));
	}

	@Test
	void connectionsArePlainIfTlsIsSwitchedOff() {
		this.runner
			.withPropertyValues("gentcp.server.edge.ssl.enabled=false", "gentcp.client.orders.ssl.enabled=false",
					"gentcp.server.edge.ssl.client-auth=need")
			.run((context) -> {
				assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello in the clear");
				assertThat(server(context).connections().counters().handshakesCompleted()).isZero();
			});
	}

	@Test
	void aClientWithoutABundleTrustsWhomTheJdkTrusts() {
		this.runner.withPropertyValues("gentcp.client.orders.ssl.bundle=", "gentcp.client.orders.ssl.enabled=true")
			.run((context) -> assertThatExceptionOfType(ConnectFailedException.class)
				.isThrownBy(() -> client(context).send("hello"))
				.withMessageContaining("issued by nobody this side trusts"));
	}

	@Test
	void aLocalSocketIsEncryptedTooIfItSaysWhoIsMeant(@TempDir Path folder) {
		String path = folder.resolve("edge.sock").toString();
		this.runner
			.withPropertyValues("gentcp.server.edge.port=", "gentcp.server.edge.local=" + path,
					"gentcp.client.orders.port=", "gentcp.client.orders.local=" + path,
					"gentcp.client.orders.ssl.server-name=localhost")
			.run((context) -> assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello from nobody"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "inet", "socket" })
	void bothBackendsSpeakIt(String backend) {
		this.runner.withPropertyValues("gentcp.backend=" + backend)
			.run((context) -> assertThat(client(context).sendAndReceive("x".repeat(100_000)))
				.isEqualTo("x".repeat(100_000) + " from nobody"));
	}

	@Test
	void nobodyNeedsBundlesUnlessHeNamesOne() {
		ConfiguredContext.runner()
			.withBean(Edge.class)
			.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.port=" + this.port,
					"gentcp.client.orders.port=" + this.port)
			.run((context) -> assertThat(client(context).sendAndReceive("hello")).isEqualTo("hello in the clear"));
	}

	private static GenTcpTemplate client(AssertableApplicationContext context) {
		return context.getBean(GenTcpTemplate.class);
	}

	private static GenTcpListenerContainer server(AssertableApplicationContext context) {
		return context.getBean(GenTcpListenerContainer.class);
	}

	private static TlsSession session(AssertableApplicationContext context) {
		return client(context).connections().all().iterator().next().tlsSession().orElseThrow();
	}

	private static String nameOfPeer(TlsSession session) {
		return ((X509Certificate) session.peerCertificates().getFirst()).getSubjectX500Principal().getName();
	}

	/** Says whom a packet is from. */
	static class Edge {

		private final List<GenTcpEvent.HandshakeFailed> failed = new CopyOnWriteArrayList<>();

		@GenTcpListener("edge")
		String onPacket(String packet, GenTcpConnection connection) {
			return packet + connection.tlsSession().map(Edge::sender).orElse(" in the clear");
		}

		private static String sender(TlsSession session) {
			return " from " + (session.peerCertificates().isEmpty() ? "nobody" : nameOfPeer(session));
		}

		@EventListener
		void onFailure(GenTcpEvent.HandshakeFailed event) {
			this.failed.add(event);
		}

		GenTcpEvent.HandshakeFailed awaitFailedHandshake() {
			await().atMost(PATIENCE).until(() -> !this.failed.isEmpty());
			return this.failed.getFirst();
		}

	}

}
