package io.gentcp.spring.integration;

import java.time.Duration;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.ReplyTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Messages are requests of a client, and their replies messages. */
class OutboundGatewayTests {

	private static final byte[] OK = { 0, 0, 0, 2, 'o', 'k' };

	private final Flows flows = new Flows();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void theReplyGoesOnWithTheHeadersOfItsRequest() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(5), Step.send(OK))) {
			requesting(GenTcpAdapters.outboundGateway(this.flows.client(listening.port())));

			this.flows.send(MessageBuilder.withPayload("a").setHeader("order", 7).build());

			Message<?> reply = this.flows.receive(Flows.IN);
			assertThat((byte[]) reply.getPayload()).asString().isEqualTo("ok");
			assertThat(reply.getHeaders()).containsEntry("order", 7);
		}
	}

	@Test
	void theReplyIsTextIfThatIsAskedFor() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(5), Step.send(OK))) {
			requesting(
					GenTcpAdapters.outboundGateway(this.flows.client(listening.port())).payloadType(PayloadType.TEXT));

			this.flows.send(new GenericMessage<>("a"));

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo("ok");
		}
	}

	@Test
	void aRequestWithoutAReplyInTimeTellsThatItIsOut() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			requesting(GenTcpAdapters.outboundGateway(
					this.flows.client(listening.port(), (settings) -> settings.replyTimeout(Duration.ofMillis(200)))));

			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> this.flows.send(new GenericMessage<>("a")))
				.havingCause()
				.isInstanceOfSatisfying(ReplyTimeoutException.class, (ex) -> {
					assertThat(ex.nothingSent()).isFalse();
					assertThat(ex.bytesOut()).isEqualTo(5);
				});
		}
	}

	@Test
	void asyncNobodyWaitsForTheReplyButAVirtualThread() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			this.flows
				.add((flow) -> flow.channel(Flows.OUT)
					.handle(GenTcpAdapters.outboundGateway(client).async(true))
					.handle((payload, headers) -> Thread.currentThread().isVirtual())
					.channel(Flows.IN))
				.start();

			// Returns before the peer has replied.
			this.flows.send(new GenericMessage<>("a"));
			PeerConnection peer = listening.accept(PATIENCE);
			peer.awaitReceived(5, PATIENCE);
			peer.send(OK);

			assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo(true);
		}
	}

	@Test
	void asyncTheErrorChannelOfTheMessageGetsTheFailure() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(5), Step.close())) {
			requesting(GenTcpAdapters.outboundGateway(this.flows.client(listening.port())).async(true));

			this.flows.send(MessageBuilder.withPayload("a").setErrorChannelName(Flows.FAILURES).build());

			assertThat(this.flows.receive(Flows.FAILURES).getPayload())
				.isInstanceOfSatisfying(MessageHandlingException.class, (ex) -> {
					assertThat(ex.getFailedMessage().getPayload()).isEqualTo("a");
					assertThat(ex.getCause()).isInstanceOfSatisfying(SocketClosedException.class,
							(closed) -> assertThat(closed.bytesOut()).isEqualTo(5));
				});
		}
	}

	private void requesting(GenTcpOutboundGatewaySpec gateway) {
		this.flows.add((flow) -> flow.channel(Flows.OUT).handle(gateway).channel(Flows.IN)).start();
	}

}
