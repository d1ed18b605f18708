package io.gentcp.spring.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.packet.Packet;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.TestClient.sendTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** What a client tells whoever listens to events. */
class EventsTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private final Events events = new Events();

	private ClientAndPeer pair(UnaryOperator<GenTcpClientSettings> change, Step... script) {
		ClientAndPeer pair = ClientAndPeer.with(change, script);
		pair.client().setApplicationEventPublisher(this.events);
		return pair;
	}

	@Test
	void aConnectionIsOpenedAndClosedOnceWithReasonAndStats() {
		try (ClientAndPeer pair = pair(UnaryOperator.identity())) {
			PeerConnection peer = pair.connected();
			GenTcpConnection connection = pair.client().connections().all().iterator().next();
			assertThat(connection.id()).matches("orders-\\w{4}-1");
			assertThat(pair.client().connections().find(connection.id())).containsSame(connection);

			peer.close();

			GenTcpEvent.ConnectionClosed closed = this.events.await(GenTcpEvent.ConnectionClosed.class);
			assertThat(this.events.all()).containsExactly(new GenTcpEvent.ConnectionOpened(connection), closed);
			assertThat(closed.connection()).isSameAs(connection);
			assertThat(closed.role()).isEqualTo(Role.CLIENT);
			assertThat(closed.name()).isEqualTo("orders");
			assertThat(closed.end().reason()).isEqualTo(CloseReason.PEER);
			assertThat(closed.stats().sent().bytes()).isEqualTo(4 + SMALL.length);
			assertThat(closed.lifetime()).isPositive();
			assertThat(pair.client().connections().find(connection.id())).isEmpty();
			assertThat(pair.client().counters().connectionsClosed(CloseReason.PEER)).isOne();
			assertThat(pair.client().counters().bytesSent()).isEqualTo(4 + SMALL.length);
		}
	}

	@Test
	void whatThePeerResetsEndsWithAnError() {
		try (ClientAndPeer pair = pair(UnaryOperator.identity())) {
			pair.connected().reset();

			assertThat(this.events.await(GenTcpEvent.ConnectionClosed.class).end().reason()).isIn(CloseReason.ERROR,
					CloseReason.PEER);
		}
	}

	@Test
	void closingTheClientIsAShutdown() {
		try (ClientAndPeer pair = pair(UnaryOperator.identity())) {
			pair.connected();
			pair.client().close();

			assertThat(this.events.await(GenTcpEvent.ConnectionClosed.class).end().reason())
				.isEqualTo(CloseReason.SHUTDOWN);
		}
	}

	@Test
	void whatIsNoPacketEndsTheConnectionAsAMatterOfProtocol() {
		try (ClientAndPeer pair = pair((settings) -> settings.options(settings.options().packetSize(10)))) {
			pair.connected().send(new byte[] { 0, 0, 0, 11, 1 });

			assertThat(this.events.await(GenTcpEvent.ConnectionClosed.class).end().reason())
				.isEqualTo(CloseReason.PROTOCOL);
			await().until(() -> pair.client().counters().invalidPackets() == 1);
		}
	}

	@Test
	void aFailedAttemptToConnectIsToldWithItsFailure() {
		try (ClientAndPeer pair = pair(UnaryOperator.identity())) {
			pair.peer().close();
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> pair.client().send(SMALL));

			GenTcpEvent.ConnectFailed failed = this.events.await(GenTcpEvent.ConnectFailed.class);
			assertThat(failed.name()).isEqualTo("orders");
			assertThat(failed.failure()).hasMessageContaining("econnrefused");
			assertThat(pair.client().counters().connectsFailed()).isOne();
		}
	}

	@Test
	void aPartialPacketIsToldToBeLateAndThenRecovered() {
		try (ClientAndPeer pair = pair(sendTimeout(SHORT), Step.stall())) {
			assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> pair.client().send(LARGE));
			pair.peer().accept(PATIENCE).readAll();

			GenTcpEvent.PacketRecovered recovered = this.events.await(GenTcpEvent.PacketRecovered.class);
			assertThat(recovered.outcome()).isEqualTo(RecoveryOutcome.COMPLETED);
			assertThat(recovered.packetSize()).isEqualTo(4 + LARGE.length);
			assertThat(recovered.took()).isPositive();
			GenTcpEvent.SendTimedOut late = this.events.await(GenTcpEvent.SendTimedOut.class);
			assertThat(late.failure().isRecovering()).isTrue();
			assertThat(this.events.all()).endsWith(late, recovered);
			assertThat(pair.client().counters().recoveryTime(RecoveryOutcome.COMPLETED)).isPositive();
			assertThat(pair.client().counters().sendsBlocked()).isOne();
		}
	}

	@Test
	void aPartialPacketThatStaysPartialIsAbandoned() {
		try (ClientAndPeer pair = pair((settings) -> sendTimeout(SHORT).apply(settings).recoveryTimeout(SHORT),
				Step.stall())) {
			assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> pair.client().send(LARGE));

			GenTcpEvent.PacketAbandoned abandoned = this.events.await(GenTcpEvent.PacketAbandoned.class);
			assertThat(abandoned.outcome()).isEqualTo(RecoveryOutcome.ABANDONED);
			assertThat(abandoned.bytesOut()).isBetween(1L, (long) LARGE.length);
			assertThat(abandoned.packetSize()).isEqualTo(4 + LARGE.length);
			assertThat(this.events.await(GenTcpEvent.ConnectionClosed.class).end().reason())
				.isEqualTo(CloseReason.RECOVERY);
		}
	}

	@Test
	void aRestThatItsCallerNeverResumesIsAbandonedWithItsConnection() {
		try (ClientAndPeer pair = pair((settings) -> sendTimeout(SHORT).apply(settings).recovery(Recovery.MANUAL),
				Step.stall())) {
			assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> pair.client().send(LARGE));
			pair.client().close();

			GenTcpEvent.PacketAbandoned abandoned = this.events.await(GenTcpEvent.PacketAbandoned.class);
			assertThat(abandoned.outcome()).isEqualTo(RecoveryOutcome.CLOSED);
			assertThat(abandoned.bytesOut()).isPositive();
		}
	}

	@Test
	void aListenerThatFailsChangesNothing() {
		failingWith(() -> {
			throw new IllegalStateException("listener");
		});
	}

	@Test
	void anErrorOfAListenerChangesNothing() {
		failingWith(() -> {
			throw new NoClassDefFoundError("listener");
		});
	}

	private static void failingWith(Runnable failure) {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setApplicationEventPublisher((Object event) -> failure.run());
			pair.client().send(SMALL);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.awaitReceived(4 + SMALL.length, PATIENCE);
			CompletableFuture<ConnectionEnd> closed = pair.client().connections().all().iterator().next().whenClosed();
			peer.close();
			assertThat(closed).succeedsWithin(PATIENCE);
			assertThat(pair.client().connections().all()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatAListenerSendsWithTheClientIsFirstOnTheNewConnection(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			pair.client().setApplicationEventPublisher((event) -> {
				if (event instanceof GenTcpEvent.ConnectionOpened) {
					pair.client().send("log");
					pair.client().sendAsync("in").join();
				}
			});
			CompletableFuture<Void> before = pair.client().sendAsync("before");
			pair.client().send("x");

			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.awaitReceived(7 + 6 + 10 + 5, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).extracting(String::new)
				.startsWith("log", "in")
				.containsExactlyInAnyOrder("log", "in", "before", "x");
			assertThat(before).succeedsWithin(PATIENCE);
		}
	}

	@Test
	void aListenerMayAwaitTheAnswerToALogInWithExecute() {
		try (EchoServer server = EchoServer.start(); TestClient ours = TestClient.to(server.port())) {
			List<Object> answers = new CopyOnWriteArrayList<>();
			ours.client().setApplicationEventPublisher((event) -> {
				if (event instanceof GenTcpEvent.ConnectionOpened) {
					answers.add(ours.client().execute((socket) -> {
						assertThat(socket.send("log in".getBytes())).isInstanceOf(SendResult.Sent.class);
						return ((RecvResult.Received) socket.recv(PATIENCE)).packet();
					}));
				}
			});
			assertThat(ours.client().sendAndReceive("x")).isEqualTo("x");
			assertThat(answers).singleElement()
				.satisfies((answer) -> assertThat(PacketBytes.of((Packet) answer)).asString().isEqualTo("log in"));
		}
	}

	@Test
	void aListenerThatWouldWaitForItsOwnReplyIsToldSo() {
		try (EchoServer server = EchoServer.start(); TestClient ours = TestClient.to(server.port())) {
			List<Throwable> thrown = new CopyOnWriteArrayList<>();
			ours.client().setApplicationEventPublisher((event) -> {
				if (event instanceof GenTcpEvent.ConnectionOpened) {
					thrown.add(catchThrowable(() -> ours.client().sendAndReceive("log in")));
				}
			});
			assertThat(ours.client().sendAndReceive("x")).isEqualTo("x");
			assertThat(thrown).singleElement(InstanceOfAssertFactories.THROWABLE)
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("Send and receive with execute");
		}
	}

	@Test
	void nobodyWaitsForAListenerOfAFailedAttempt() {
		CountDownLatch told = new CountDownLatch(1);
		try (ClientAndPeer pair = pair(UnaryOperator.identity())) {
			pair.client().setApplicationEventPublisher((event) -> awaitLatch(told));
			pair.peer().close();
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> pair.client().send(SMALL));
			assertThat(told.getCount()).isOne();
			told.countDown();
		}
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Everything that was published, in its order. */
	private static final class Events implements ApplicationEventPublisher {

		private final List<Object> published = new CopyOnWriteArrayList<>();

		@Override
		public void publishEvent(Object event) {
			assertThat(event).isNotInstanceOf(ApplicationEvent.class);
			this.published.add(event);
		}

		List<Object> all() {
			return this.published;
		}

		<T> T await(Class<T> type) {
			return Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> this.published.stream().filter(type::isInstance).map(type::cast).findFirst(),
						Optional::isPresent)
				.orElseThrow();
		}

	}

}
