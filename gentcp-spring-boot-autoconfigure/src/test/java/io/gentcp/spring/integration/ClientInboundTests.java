package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/** The packets of a client that no request asked for become messages. */
class ClientInboundTests {

	private static final byte[] A = { 0, 0, 0, 1, 'a' };

	private static final byte[] B = { 0, 0, 0, 1, 'b' };

	private final Flows flows = new Flows();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void adaptersOfBothDirectionsShareTheConnection() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			this.flows.add((flow) -> flow.channel(Flows.OUT).handle(GenTcpAdapters.outboundAdapter(client)))
				.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(Flows.IN).get())
				.start();
			this.flows.send(new GenericMessage<>("x"));
			PeerConnection peer = listening.accept(PATIENCE);
			peer.send(A);
			Message<?> message = this.flows.receive(Flows.IN);

			assertThat((byte[]) message.getPayload()).asString().isEqualTo("a");
			assertThat(message.getHeaders()).containsEntry("gentcp_name", "orders")
				.containsEntry("ip_tcp_remotePort", listening.port());
			assertThat(client.connections().find((String) message.getHeaders().get("ip_connectionId"))).isPresent();
		}
	}

	@Test
	void aSecondEndpointForTheSamePacketsStopsStartUp() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			assertThatException()
				.isThrownBy(() -> this.flows
					.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(Flows.IN).get())
					.add(IntegrationFlow.from(GenTcpAdapters.inboundGateway(client)).channel(Flows.IN).get())
					.start())
				.havingRootCause()
				.withMessageContaining("client orders (")
				.withMessageContaining("Give the other one a client of its own");
		}
	}

	@Test
	void aPeerThatSpeaksFirstIsHeardWhenTheFlowIsStarted() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.send(A), Step.send(B))) {
			GenTcpTemplate client = this.flows.client(listening.port(), (settings) -> settings.keepConnected(true));
			this.flows.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(Flows.IN).get())
				.startingLate(() -> client.counters().packetsReceived() == 2)
				.start();

			assertThat((byte[]) this.flows.receive(Flows.IN).getPayload()).asString().isEqualTo("a");
			assertThat((byte[]) this.flows.receive(Flows.IN).getPayload()).asString().isEqualTo("b");
		}
	}

	@Test
	void aReplyToARequestIsTheGatewaysAndNotTheAdapters() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			this.flows
				.add((flow) -> flow.channel(Flows.OUT)
					.handle(GenTcpAdapters.outboundGateway(client).async(true))
					.channel(Flows.IN))
				.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(Flows.FAILURES).get())
				.start();
			this.flows.send(new GenericMessage<>("x"));
			PeerConnection peer = listening.accept(PATIENCE);
			peer.awaitReceived(5, PATIENCE);
			peer.send(A);
			peer.send(B);

			assertThat((byte[]) this.flows.receive(Flows.IN).getPayload()).asString().isEqualTo("a");
			assertThat((byte[]) this.flows.receive(Flows.FAILURES).getPayload()).asString().isEqualTo("b");
		}
	}

	@Test
	void aFlowThatWasRemovedMakesRoomForAnotherOnTheSameConnection() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			this.flows.start();
			IntegrationFlowContext registrations = this.flows.bean(IntegrationFlowContext.class);
			PeerConnection peer = null;
			for (String channel : List.of(Flows.IN, Flows.FAILURES)) {
				IntegrationFlowContext.IntegrationFlowRegistration registration = registrations
					.registration(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(channel).get())
					.register();
				client.send("x");
				peer = (peer != null) ? peer : listening.accept(PATIENCE);
				peer.send(A);
				assertThat((byte[]) this.flows.receive(channel).getPayload()).asString().isEqualTo("a");
				registration.destroy();
				assertThat(client.hasPacketHandler()).isFalse();
			}
			peer.send(A);
			await().atMost(PATIENCE).until(() -> client.counters().uncorrelatedPackets() == 1);
			assertThat(client.counters().connectionsOpened()).isOne();
		}
	}

	@Test
	void aPeerThatIsConnectedToMayAsk() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port(), (settings) -> settings.keepConnected(true));
			this.flows
				.add(IntegrationFlow.from(GenTcpAdapters.inboundGateway(client).payloadType(PayloadType.TEXT))
					.transform(String.class, (packet) -> "re: " + packet)
					.get())
				.start();
			PeerConnection peer = listening.accept(PATIENCE);
			peer.send(A);
			peer.awaitReceived(9, PATIENCE);

			assertThat(peer.receivedPackets(4).complete()).containsExactly("re: a".getBytes());
		}
	}

	@Test
	void anAdapterThatIsStoppedDropsWhatComesAndTheClientGoesOn() {
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			this.flows.add((flow) -> flow.channel(Flows.OUT).handle(GenTcpAdapters.outboundAdapter(client)))
				.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).channel(Flows.IN).get())
				.start();
			this.flows.send(new GenericMessage<>("x"));
			PeerConnection peer = listening.accept(PATIENCE);
			GenTcpReceivingChannelAdapter adapter = this.flows.bean(GenTcpReceivingChannelAdapter.class);

			adapter.stop();
			peer.send(A);
			await().atMost(PATIENCE).until(() -> client.counters().packetsReceived() == 1);
			this.flows.send(new GenericMessage<>("y"));
			peer.awaitReceived(10, PATIENCE);
			adapter.start();
			peer.send(B);

			assertThat((byte[]) this.flows.receive(Flows.IN).getPayload()).asString().isEqualTo("b");
			assertThat(listening.connections()).hasSize(1);
		}
	}

	@Test
	void stoppingWaitsForTheFlowThatIsAtWork() {
		CountDownLatch handling = new CountDownLatch(1);
		CompletableFuture<String> goOn = new CompletableFuture<>();
		CompletableFuture<String> done = new CompletableFuture<>();
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.send(A))) {
			GenTcpTemplate client = this.flows.client(listening.port(), (settings) -> settings.keepConnected(true));
			this.flows.add(IntegrationFlow.from(GenTcpAdapters.inboundAdapter(client)).handle((message) -> {
				handling.countDown();
				done.complete(goOn.join());
			}).get()).start();
			await().atMost(PATIENCE).until(() -> handling.getCount() == 0);
			GenTcpReceivingChannelAdapter adapter = this.flows.bean(GenTcpReceivingChannelAdapter.class);
			CompletableFuture<Boolean> stopped = new CompletableFuture<>();

			adapter.stop(() -> stopped.complete(done.isDone()));
			assertThat(stopped).isNotDone();
			goOn.complete("done");

			assertThat(stopped).succeedsWithin(PATIENCE).isEqualTo(true);
		}
	}

	@Test
	void whoWaitsForAStartThatNeverComesIsLetGo() {
		HandledClient origin = new HandledClient(this.flows.client(1), (packet, connection) -> {
			throw new AssertionError("was never started");
		});
		try (ScriptedPeer listening = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.flows.client(listening.port());
			client.send("x");
			GenTcpConnection connection = client.connections().all().iterator().next();
			CompletableFuture<Object> outcome = new CompletableFuture<>();
			Thread waiting = Thread.ofVirtual()
				.start(() -> outcome.complete(Optional.ofNullable(handle(origin, connection))));
			await().atMost(PATIENCE).until(() -> waiting.getState() == Thread.State.WAITING);

			origin.stop();

			assertThat(outcome).succeedsWithin(PATIENCE).isEqualTo(Optional.empty());
		}
	}

	private static ByteBuffer handle(HandledClient origin, GenTcpConnection connection) {
		try {
			return origin.onPacket(new Packet.Bytes(new byte[1]), connection);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
