package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.gentcp.SocketOptions;
import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The packets that a server receives become messages. */
class InboundAdapterTests {

	private static final byte[] A = { 0, 0, 0, 1, 'a' };

	private final Flows flows = new Flows();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void aMessageHasThePacketAndTheHeadersOfItsConnection() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server))).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(A);
			Message<?> message = this.flows.receive(Flows.IN);

			assertThat((byte[]) message.getPayload()).asString().isEqualTo("a");
			assertThat(message.getHeaders()).containsEntry("ip_hostname", "127.0.0.1")
				.containsEntry("ip_address", "127.0.0.1")
				.containsEntry("ip_tcp_remotePort", peer.localAddress().getPort())
				.containsEntry("gentcp_name", "edge");
			assertThat(server.connections().find((String) message.getHeaders().get("ip_connectionId"))).isPresent();
		}
	}

	@Test
	void thePayloadIsTextInTheCharsetOfTheServerIfThatIsAskedFor() {
		GenTcpListenerContainer server = this.flows.server((settings) -> settings.charset(StandardCharsets.ISO_8859_1));
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server).payloadType(PayloadType.TEXT))).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(new byte[] { 0, 0, 0, 1, (byte) 0xe4 });

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo("\u00e4");
		}
	}

	@Test
	void thePayloadIsABufferIfThatIsAskedFor() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server).payloadType(PayloadType.BUFFER))).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(A);

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo(ByteBuffer.wrap(new byte[] { 'a' }));
		}
	}

	@Test
	void aLineOfHttpIsThePayloadItself() {
		GenTcpListenerContainer server = this.flows
			.server((settings) -> settings.options(SocketOptions.defaults().packet(PacketType.HTTP)));
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server).payloadType(PayloadType.TEXT))).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

			assertThat(this.flows.receive(Flows.IN).getPayload()).isInstanceOfSatisfying(HttpPacket.Request.class,
					(request) -> assertThat(request.method()).isEqualTo("GET"));
		}
	}

	@Test
	void aFlowThatThrowsEndsTheConnection() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(failing(GenTcpAdapters.inboundAdapter(server))).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(A);

			peer.awaitEndOfStream(PATIENCE);
		}
	}

	@Test
	void anErrorChannelGetsTheFailureAndTheConnectionGoesOn() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(failing(GenTcpAdapters.inboundAdapter(server).errorChannel(Flows.FAILURES))).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(A);
			Object first = failedConnection(this.flows.receive(Flows.FAILURES));
			peer.send(A);
			Object second = failedConnection(this.flows.receive(Flows.FAILURES));

			assertThat(first).isEqualTo(second).isNotNull();
		}
	}

	private static Object failedConnection(Message<?> failure) {
		MessagingException exception = (MessagingException) failure.getPayload();
		assertThat(exception).hasRootCauseMessage("no flow for a");
		return exception.getFailedMessage().getHeaders().get(GenTcpHeaders.CONNECTION_ID);
	}

	@Test
	void aServerHasOneEndpointThatHandlesItsPackets() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server)))
			.add(receiving(GenTcpAdapters.inboundAdapter(server)));

		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(this.flows::start)
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("server edge")
			.withMessageContaining("a server of its own");
	}

	@Test
	void anAdapterThatDoesNotStartByItselfStartsItsServerLater() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server).autoStartup(false))).start();
		assertThat(server.isRunning()).isFalse();

		this.flows.bean(GenTcpReceivingChannelAdapter.class).start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(A);
			assertThat((byte[]) this.flows.receive(Flows.IN).getPayload()).asString().isEqualTo("a");
		}
	}

	@Test
	void anAdapterThatStopsStopsItsServerAndStartsItAgain() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(receiving(GenTcpAdapters.inboundAdapter(server))).start();
		GenTcpReceivingChannelAdapter adapter = this.flows.bean(GenTcpReceivingChannelAdapter.class);

		adapter.stop();
		assertThat(server.isRunning()).isFalse();

		adapter.start();
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(A);
			assertThat((byte[]) this.flows.receive(Flows.IN).getPayload()).asString().isEqualTo("a");
		}
	}

	private static IntegrationFlow receiving(GenTcpInboundChannelAdapterSpec adapter) {
		return IntegrationFlow.from(adapter).channel(Flows.IN).get();
	}

	private static IntegrationFlow failing(GenTcpInboundChannelAdapterSpec adapter) {
		return IntegrationFlow.from(adapter.payloadType(PayloadType.TEXT)).handle((message) -> {
			throw new IllegalStateException("no flow for " + message.getPayload());
		}).get();
	}

}
