package io.gentcp.spring.integration;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;

import static io.gentcp.spring.integration.Flows.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a flow replies goes back to the connection of the request. */
class InboundGatewayTests {

	private static final byte[] A = { 0, 0, 0, 1, 'a' };

	private static final byte[] B = { 0, 0, 0, 1, 'b' };

	private final Flows flows = new Flows();

	private final GenTcpListenerContainer server = this.flows.server();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void eachConnectionGetsItsOwnReplies() {
		this.flows.add(IntegrationFlow.from(text()).transform(String.class, (packet) -> "re: " + packet).get()).start();
		try (PeerConnection one = Flows.connect(this.server); PeerConnection two = Flows.connect(this.server)) {
			one.send(A);
			two.send(B);

			assertThat(reply(one)).isEqualTo("re: a");
			assertThat(reply(two)).isEqualTo("re: b");
		}
	}

	@Test
	void aFlowThatWasRemovedMakesRoomForAnother() {
		this.flows.start();
		IntegrationFlowContext registrations = this.flows.bean(IntegrationFlowContext.class);
		for (String answer : List.of("one", "two")) {
			IntegrationFlowContext.IntegrationFlowRegistration registration = registrations
				.registration(IntegrationFlow.from(text()).transform(String.class, (packet) -> answer).get())
				.register();
			try (PeerConnection peer = Flows.connect(this.server)) {
				peer.send(A);
				assertThat(reply(peer)).isEqualTo(answer);
			}
			registration.destroy();
			assertThat(this.server.hasHandler()).isFalse();
		}
	}

	@Test
	void aReplyMayComeFromAnotherThreadOverAReplyChannel() {
		this.flows
			.add(IntegrationFlow.from(text().replyChannel("replies"))
				.channel((channels) -> channels.executor(Thread::startVirtualThread))
				.transform(String.class, (packet) -> "re: " + packet)
				.channel("replies")
				.get())
			.start();
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(A);

			assertThat(reply(peer)).isEqualTo("re: a");
		}
	}

	@Test
	void aRequestThatGetsNoReplyInTimeIsNoFailure() {
		this.flows
			.add(IntegrationFlow.from(text().replyTimeout(50))
				.filter(String.class, "b"::equals)
				.transform(String.class, (packet) -> "re: " + packet)
				.get())
			.start();
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(A);
			peer.send(B);

			assertThat(reply(peer)).isEqualTo("re: b");
		}
	}

	@Test
	void aFlowThatThrowsEndsTheConnection() {
		this.flows.add(failing(text())).start();
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(A);

			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.receivedCount()).isZero();
		}
	}

	@Test
	void whatTheErrorChannelRepliesGoesBackInstead() {
		this.flows.add(failing(text().errorChannel("broken")))
			.add((flow) -> flow.channel("broken")
				.transform(Exception.class, (failure) -> "sorry: " + failure.getCause().getMessage()))
			.start();
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(A);

			assertThat(reply(peer)).isEqualTo("sorry: no reply to a");
		}
	}

	@Test
	void aReplyThatIsNoPacketEndsTheConnection() {
		this.flows.add(IntegrationFlow.from(text()).transform(String.class, String::length).get()).start();
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(A);

			peer.awaitEndOfStream(PATIENCE);
		}
	}

	@Test
	void anApplicationThatEndsWaitsForTheReplyToARequestThatCameBefore() {
		stoppingWaitsForTheReply(this.flows::close);
	}

	@Test
	void aGatewayThatIsStoppedWaitsForTheReplyToo() {
		stoppingWaitsForTheReply(() -> {
			CompletableFuture<Void> stopped = new CompletableFuture<>();
			this.flows.bean(GenTcpInboundGateway.class).stop(() -> stopped.complete(null));
			stopped.join();
		});
	}

	private void stoppingWaitsForTheReply(Runnable stop) {
		CountDownLatch handling = new CountDownLatch(1);
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.flows.add(IntegrationFlow.from(text().replyChannel("replies"))
			.channel((channels) -> channels.executor(Thread::startVirtualThread))
			.transform(String.class, (packet) -> {
				handling.countDown();
				return answer.join();
			})
			.channel("replies")
			.get()).start();
		try (PeerConnection peer = Flows.connect(this.server)) {
			peer.send(A);
			await().atMost(PATIENCE).until(() -> handling.getCount() == 0);
			Thread stopping = Thread.startVirtualThread(stop);
			await().atMost(PATIENCE).until(() -> !this.server.isRunning());
			answer.complete("done");

			assertThat(reply(peer)).isEqualTo("done");
			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> !stopping.isAlive());
		}
	}

	private GenTcpInboundGatewaySpec text() {
		return GenTcpAdapters.inboundGateway(this.server).payloadType(PayloadType.TEXT);
	}

	private static IntegrationFlow failing(GenTcpInboundGatewaySpec gateway) {
		return IntegrationFlow.from(gateway).transform(String.class, (packet) -> {
			throw new IllegalStateException("no reply to " + packet);
		}).get();
	}

	/** Waits for the first packet. */
	private static String reply(PeerConnection peer) {
		await().atMost(PATIENCE).until(() -> !peer.receivedPackets(4).complete().isEmpty());
		return new String(peer.receivedPackets(4).complete().getFirst());
	}

}
