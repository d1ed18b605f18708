package io.gentcp.spring.core;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** A client that connects by itself. */
@ExtendWith(OutputCaptureExtension.class)
class KeepConnectedTests {

	private static final UnaryOperator<GenTcpClientSettings> KEPT = (settings) -> settings.keepConnected(true)
		.reconnectDelay(Duration.ofMillis(5), Duration.ofMillis(50));

	@BeforeEach
	void info() {
		((Logger) LoggerFactory.getLogger(GenTcpTemplate.class)).setLevel(Level.INFO);
	}

	@AfterEach
	void quiet() {
		((Logger) LoggerFactory.getLogger(GenTcpTemplate.class)).setLevel(null);
	}

	@Test
	void itConnectsWhenItStartsAndAgainAfterTheEndOfEachConnection() {
		try (ClientAndPeer pair = ClientAndPeer.with(KEPT)) {
			assertThat(pair.client().isConnected()).isFalse();
			pair.client().start();
			pair.peer().accept(PATIENCE).close();
			pair.peer().accept(PATIENCE).close();
			PeerConnection third = pair.peer().accept(PATIENCE);
			await().until(() -> pair.client().isConnected());
			pair.client().send(SMALL);
			third.awaitReceived(4 + SMALL.length, PATIENCE);
		}
	}

	@Test
	void anOutageIsTwoLinesInTheLogAndEndsWhenThePeerIsBack(CapturedOutput output) throws IOException {
		int port;
		try (ScriptedPeer before = ScriptedPeer.listening()) {
			port = before.port();
		}
		try (TestClient ours = TestClient.to(port, KEPT)) {
			ours.client().start();
			await().atMost(PATIENCE).until(() -> ours.client().counters().connectsFailed() >= 3);
			assertThat(lines(output, "econnrefused")).containsOnlyOnce("tried again until it succeeds");

			try (ServerSocket back = new ServerSocket(port); Socket connection = back.accept()) {
				assertThat(connection.isConnected()).isTrue();
				await().atMost(PATIENCE).until(() -> output.toString().contains("is connected again"));
				assertThat(ours.client().isConnected()).isTrue();
			}
		}
	}

	@Test
	void aPeerThatAcceptsAndClosesIsAnOutageWithLongerAndLongerWaits(CapturedOutput output) {
		UnaryOperator<GenTcpClientSettings> slowly = (settings) -> settings.keepConnected(true)
			.reconnectDelay(Duration.ofMillis(100), Duration.ofSeconds(10));
		try (ClientAndPeer pair = ClientAndPeer.with(slowly)) {
			pair.client().start();
			pair.peer().accept(PATIENCE).close();
			long first = System.nanoTime();
			pair.peer().accept(PATIENCE).close();
			pair.peer().accept(PATIENCE).close();
			pair.peer().accept(PATIENCE);
			// 100 ms, then about 200, and about 400.
			assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(400));
			assertThat(lines(output, "the connection had just been opened when it ended: the peer closed"))
				.containsOnlyOnce("tried again until it succeeds");
			await().atMost(PATIENCE).until(() -> output.toString().contains("is connected again"));
			assertThat(pair.client().isConnected()).isTrue();
		}
	}

	@Test
	void aConnectionThatHasLastedIsOpenedAgainAtOnce(CapturedOutput output) {
		UnaryOperator<GenTcpClientSettings> hardlyEver = (settings) -> settings.keepConnected(true)
			.reconnectDelay(Duration.ofMillis(200), Duration.ofMinutes(10));
		try (ClientAndPeer pair = ClientAndPeer.with(hardlyEver)) {
			pair.client().start();
			for (int i = 0; i < 3; i++) {
				PeerConnection peer = pair.peer().accept(PATIENCE);
				await().until(() -> pair.client().isConnected());
				GenTcpConnection connection = pair.client().connections().all().iterator().next();
				await().until(() -> connection.age().toMillis() > 300);
				peer.close();
			}
			pair.peer().accept(PATIENCE);
			assertThat(output).doesNotContain("tried again until it succeeds");
		}
	}

	private static String lines(CapturedOutput output, String text) {
		return String.join("\n", output.toString().lines().filter((line) -> line.contains(text)).toList());
	}

	@Test
	void stoppingItClosesTheConnectionAndStartingItConnectsAgain() {
		try (ClientAndPeer pair = ClientAndPeer.with(KEPT)) {
			pair.client().start();
			PeerConnection first = pair.peer().accept(PATIENCE);
			await().until(() -> pair.client().isConnected());
			assertThat(pair.client().isRunning()).isTrue();

			pair.client().stop();
			first.awaitEndOfStream(PATIENCE);
			assertThat(pair.client().isRunning()).isFalse();
			assertThat(pair.client().counters().connectionsClosed(CloseReason.SHUTDOWN)).isOne();

			pair.client().start();
			pair.peer().accept(PATIENCE);
		}
	}

	@Test
	void stoppingItWhileItConnectsLeavesNoConnection() {
		try (ClientAndPeer pair = ClientAndPeer.with(KEPT)) {
			for (int i = 0; i < 300; i++) {
				pair.client().start();
				// The peer has accepted before the client knows that it is connected.
				PeerConnection connection = pair.peer().accept(PATIENCE);
				pair.client().stop();
				connection.awaitEndOfStream(PATIENCE);
			}
			assertThat(pair.client().isConnected()).isFalse();
		}
	}

	@Test
	void closingItWhileItTriesEndsTheAttempts() {
		int port;
		try (ScriptedPeer before = ScriptedPeer.listening()) {
			port = before.port();
		}
		List<GenTcpEvent> events = new CopyOnWriteArrayList<>();
		try (TestClient ours = TestClient.to(port, KEPT)) {
			ours.client().setApplicationEventPublisher((event) -> events.add((GenTcpEvent) event));
			ours.client().start();
			await().atMost(PATIENCE).until(() -> !events.isEmpty());
			ours.client().close();
			await().atMost(PATIENCE)
				.until(() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().equals("gentcp-orders-connect")));
		}
		assertThat(events).allSatisfy((event) -> assertThat(event).isInstanceOf(GenTcpEvent.ConnectFailed.class));
	}

	@Test
	void anyOtherClientConnectsAtFirstUseOnly() {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().start();
			assertThat(pair.client().isRunning()).isTrue();
			assertThat(pair.client().counters().connectionsOpened()).isZero();
			CompletableFuture<ConnectionEnd> closed;
			pair.connected();
			closed = pair.client().connections().all().iterator().next().whenClosed();
			pair.client().stop();
			assertThat(closed.join()).isEqualTo(ConnectionEnd.CLIENT_CLOSED);
			pair.client().send(SMALL);
			pair.peer().accept(PATIENCE);
		}
	}

	@Test
	void delaysThatMakeNoSenseAreRefused() {
		GenTcpClientSettings settings = GenTcpClientSettings.of("orders", "localhost", 4000);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings.reconnectDelay(Duration.ZERO, Duration.ofSeconds(1)))
			.withMessageContaining("reconnect-delay is PT0S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings.reconnectDelay(Duration.ofSeconds(2), Duration.ofSeconds(1)))
			.withMessageContaining("reconnect-max-delay is PT1S");
	}

}
