package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Recovery;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Messages become packets. */
class OutboundAdapterTests {

	/** More than a stalled peer and the kernel take. */
	private static final byte[] LARGE = new byte[16 * 1024 * 1024];

	private final Flows flows = new Flows();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void bytesTextBuffersAndPacketsAreSentInOrder() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			sending(this.flows.client(listening.port(), (settings) -> settings.charset(StandardCharsets.ISO_8859_1)));

			this.flows.send(new GenericMessage<>(new byte[] { 'a' }));
			this.flows.send(new GenericMessage<>("\u00e4"));
			this.flows.send(new GenericMessage<>(ByteBuffer.wrap(new byte[] { 'x', 'b', 'x' }, 1, 1)));
			this.flows.send(new GenericMessage<>(new Packet.Bytes(new byte[] { 'c' })));

			PeerConnection peer = listening.accept(PATIENCE);
			peer.awaitReceived(20, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(new byte[] { 'a' },
					new byte[] { (byte) 0xe4 }, new byte[] { 'b' }, new byte[] { 'c' });
		}
	}

	@Test
	void aPayloadThatIsNoPacketIsRefused() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			sending(this.flows.client(listening.port()));

			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> this.flows.send(new GenericMessage<>(42)))
				.withRootCauseInstanceOf(IllegalArgumentException.class)
				.withStackTraceContaining("java.lang.Integer");
		}
	}

	@Test
	void aPeerThatIsNotThereIsAFailureWithNothingSent() {
		int port;
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			port = listening.port();
		}
		sending(this.flows.client(port));

		assertThatExceptionOfType(MessageHandlingException.class)
			.isThrownBy(() -> this.flows.send(new GenericMessage<>("a")))
			.havingCause()
			.isInstanceOfSatisfying(ConnectFailedException.class, (ex) -> assertThat(ex.nothingSent()).isTrue());
	}

	@Test
	void aFailureTellsHowMuchOfThePacketIsOut() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.stall())) {
			sending(this.flows.client(listening.port(),
					(settings) -> settings.options(settings.options().sendTimeout(Duration.ofMillis(300)))
						.recovery(Recovery.MANUAL)));

			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> this.flows.send(new GenericMessage<>(LARGE)))
				.havingCause()
				.isInstanceOfSatisfying(SendTimeoutException.class, (ex) -> {
					assertThat(ex.nothingSent()).isFalse();
					assertThat(ex.bytesOut()).isBetween(1L, ex.bytesTotal() - 1);
					assertThat(ex.bytesTotal()).isEqualTo(4 + LARGE.length);
					assertThat(ex.hasRest()).isTrue();
				});
		}
	}

	@Test
	void aServerSendsToTheConnectionThatTheMessageNames() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(server)).channel(Flows.IN).get());
		sending(server);
		try (PeerConnection one = Flows.connect(server); PeerConnection two = Flows.connect(server)) {
			one.send(new byte[] { 0, 0, 0, 1, '1' });
			Message<?> fromOne = this.flows.receive(Flows.IN);
			two.send(new byte[] { 0, 0, 0, 1, '2' });
			Message<?> fromTwo = this.flows.receive(Flows.IN);

			this.flows.send(MessageBuilder.withPayload("later").copyHeaders(fromTwo.getHeaders()).build());
			this.flows.send(MessageBuilder.withPayload("now").copyHeaders(fromOne.getHeaders()).build());

			one.awaitReceived(7, PATIENCE);
			two.awaitReceived(9, PATIENCE);
			assertThat(new String(one.received())).endsWith("now");
			assertThat(new String(two.received())).endsWith("later");
		}
	}

	@Test
	void aConnectionThatIsGoneIsRefusedWithNothingSent() {
		GenTcpListenerContainer server = this.flows.server();
		this.flows.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(server)).channel(Flows.IN).get());
		sending(server);
		Message<?> message;
		try (PeerConnection peer = Flows.connect(server)) {
			peer.send(new byte[] { 0, 0, 0, 1, 'a' });
			message = this.flows.receive(Flows.IN);
		}
		await().atMost(PATIENCE).until(() -> server.connections().count() == 0);

		String gone = (String) message.getHeaders().get(GenTcpHeaders.CONNECTION_ID);
		assertThatExceptionOfType(MessageHandlingException.class).isThrownBy(() -> this.flows.send(message))
			.havingCause()
			.withMessageContaining("server edge")
			.withMessageContaining(gone)
			.isInstanceOfSatisfying(SocketClosedException.class, (ex) -> assertThat(ex.nothingSent()).isTrue());
	}

	@Test
	void aMessageThatNamesNoConnectionOfAServerIsRefused() {
		sending(this.flows.server());

		assertThatExceptionOfType(MessageHandlingException.class)
			.isThrownBy(() -> this.flows.send(new GenericMessage<>("for whom?")))
			.havingCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("ip_connectionId");
	}

	private void sending(GenTcpTemplate client) {
		this.flows.add((flow) -> flow.channel(Flows.OUT).handle(GenTcpAdapters.outboundAdapter(client))).start();
	}

	private void sending(GenTcpListenerContainer server) {
		this.flows.add((flow) -> flow.channel(Flows.OUT).handle(GenTcpAdapters.outboundAdapter(server))).start();
	}

}
