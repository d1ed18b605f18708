package io.gentcp.spring.integration;

import java.io.IOException;

import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.serializer.Deserializer;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.messaging.Message;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** A deserializer reads the connections of a server as streams. */
class StreamInboundTests {

	private static final ByteArrayCrLfSerializer LINES = new ByteArrayCrLfSerializer();

	private final Flows flows = new Flows();

	private final GenTcpListenerContainer server = this.flows
		.server((settings) -> settings.options(SocketOptions.defaults().packet(PacketType.RAW)));

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void eachObjectIsAMessageWithTheHeadersOfItsConnection() {
		receiving(LINES);
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send("one\r\ntwo\r".getBytes(US_ASCII));
			Message<?> one = this.flows.receive(Flows.IN);
			peer.send("\n".getBytes(US_ASCII));
			Message<?> two = this.flows.receive(Flows.IN);

			assertThat((byte[]) one.getPayload()).asString().isEqualTo("one");
			assertThat((byte[]) two.getPayload()).asString().isEqualTo("two");
			assertThat(one.getHeaders()).containsEntry("ip_tcp_remotePort", peer.localAddress().getPort())
				.containsEntry("ip_connectionId", two.getHeaders().get("ip_connectionId"));
		}
	}

	@Test
	void theDeserializerWaitsOnAVirtualThread() {
		receiving((stream) -> {
			var unused = stream.read();
			return Thread.currentThread().isVirtual();
		});
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(new byte[] { 'x' });

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo(true);
		}
	}

	@Test
	void aStreamThatEndsBetweenTwoObjectsIsNoFailure() {
		receiving(LINES);
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send("one\r\n".getBytes(US_ASCII));
			this.flows.receive(Flows.IN);
			peer.halfClose();

			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> this.server.activeConnections() == 0);
			assertThat(this.flows.handlerFailures()).isEmpty();
		}
	}

	@Test
	void aPeerThatResetsBetweenTwoObjectsIsNoFailure() {
		receiving(LINES);
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send("one\r\n".getBytes(US_ASCII));
			this.flows.receive(Flows.IN);
			peer.reset();

			await().atMost(PATIENCE).until(() -> this.server.activeConnections() == 0);
			assertThat(this.flows.handlerFailures()).isEmpty();
		}
	}

	@Test
	void whatIsNoObjectEndsTheConnection() {
		receiving((stream) -> {
			throw new IOException("no object begins with %d".formatted(stream.read()));
		});
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(new byte[] { 7 });

			peer.awaitEndOfStream(PATIENCE);
			assertThat(this.flows.handlerFailures()).singleElement()
				.satisfies((failure) -> assertThat(failure).hasMessage("no object begins with 7"));
		}
	}

	@Test
	void aServerWithPacketsHasNoStreams() {
		GenTcpListenerContainer packets = this.flows.server();

		assertThatIllegalArgumentException().isThrownBy(() -> GenTcpAdapters.inboundAdapter(packets, LINES))
			.withMessageContaining("server edge")
			.withMessageContaining("packet 4")
			.withMessageContaining("raw");
	}

	private void receiving(Deserializer<?> deserializer) {
		this.flows
			.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(this.server, deserializer)).channel(Flows.IN).get())
			.start();
	}

}
