package io.gentcp.spring.integration;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpConnectionCloseEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionExceptionEvent;
import org.springframework.integration.ip.tcp.connection.TcpNetClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;
import org.springframework.integration.ip.util.TestingUtilities;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The connection factories of spring-integration-ip, net and nio, speak packet 4. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = { "net", "nio" })
class PacketTypeSerializerWithIpTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final byte[] THREE = { 0, 0, 0, 1, 'a', 0, 0, 0, 0, 0, 0, 0, 2, 'b', 'c' };

	@Parameter
	private String kind;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	@Test
	void aServerReadsPacketsThatComeInOneSegment() throws Exception {
		assertThatTheServerReads(Step.send(THREE));
	}

	@Test
	void aServerReadsPacketsThatComeByteByByte() throws Exception {
		assertThatTheServerReads(Step.sendInPieces(THREE, 1, Duration.ofMillis(2)));
	}

	private void assertThatTheServerReads(Step send) throws Exception {
		AbstractServerConnectionFactory server = this.kind.equals("net") ? new TcpNetServerConnectionFactory(0)
				: new TcpNioServerConnectionFactory(0);
		start(server);
		try {
			TestingUtilities.waitListening(server, PATIENCE.toMillis());
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", server.getPort(), Step.readAll(), send,
					Step.halfClose())) {
				// On nio three messages of a connection may overtake each other.
				assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("a", "", "bc");
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(this.events).anyMatch(TcpConnectionCloseEvent.class::isInstance));
			}
		}
		finally {
			server.stop();
		}
		assertThat(this.events).as("what ip makes of a peer that hangs up")
			.filteredOn(TcpConnectionExceptionEvent.class::isInstance)
			.allMatch((event) -> ((TcpConnectionExceptionEvent) event).getCause() instanceof SoftEndOfStreamException);
	}

	@Test
	void aClientAndItsPeerExchangePackets() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			AbstractClientConnectionFactory client = client(peer);
			client.getConnection().send(new GenericMessage<>("hello".getBytes()));
			client.getConnection().send(new GenericMessage<>(new byte[0]));
			PeerConnection connection = peer.accept(PATIENCE);
			connection.awaitReceived(13, PATIENCE);
			connection.send(new byte[] { 0, 0, 0, 2, 'o', 'k' });

			assertThat(connection.receivedPackets(4).complete()).containsExactly("hello".getBytes(), new byte[0]);
			assertThat(next()).isEqualTo("ok");
		}
	}

	@Test
	void textIsNotMadeBytesForIt() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			TcpConnection connection = client(peer).getConnection();

			assertThatExceptionOfType(MessagingException.class)
				.isThrownBy(() -> connection.send(new GenericMessage<>("hello")))
				.withCauseInstanceOf(ClassCastException.class);
		}
	}

	private AbstractClientConnectionFactory client(ScriptedPeer peer) {
		AbstractClientConnectionFactory client = this.kind.equals("net")
				? new TcpNetClientConnectionFactory("127.0.0.1", peer.port())
				: new TcpNioClientConnectionFactory("127.0.0.1", peer.port());
		start(client);
		return client;
	}

	private void start(AbstractConnectionFactory factory) {
		this.context.register(IntegrationConfiguration.class);
		this.context.registerBean("factory", AbstractConnectionFactory.class, () -> factory);
		this.context.addApplicationListener((TcpConnectionEvent event) -> this.events.add(event));
		PacketTypeSerializer serializer = new PacketTypeSerializer(PacketType.FOUR)
			.endOfStream(SoftEndOfStreamException::new);
		factory.setSerializer(serializer);
		factory.setDeserializer(serializer);
		factory.registerListener((message) -> {
			// Of nio, every end of a connection is an ErrorMessage as well.
			if (message.getPayload() instanceof byte[] packet) {
				this.received.add(new String(packet, StandardCharsets.US_ASCII));
			}
		});
		this.context.refresh();
		factory.start();
	}

	@AfterEach
	void closeContext() {
		this.context.close();
	}

	private String next() throws InterruptedException {
		String packet = this.received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		assertThat(packet).isNotNull();
		return packet;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class IntegrationConfiguration {

	}

}
