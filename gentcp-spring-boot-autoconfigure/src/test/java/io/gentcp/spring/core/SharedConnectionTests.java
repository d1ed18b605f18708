package io.gentcp.spring.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gentcp.GenTcp;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.ClientAndPeer.onWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** All threads share one connection, which is there when it is needed. */
class SharedConnectionTests {

	private final List<PeerConnection> inBacklog = new ArrayList<>();

	@AfterEach
	void emptyBacklog() {
		this.inBacklog.forEach(PeerConnection::close);
	}

	/** Connecting to this peer is neither accepted nor refused. */
	private ScriptedPeer unanswering() {
		ScriptedPeer peer = ScriptedPeer.listening(PeerOptions.DEFAULTS.withBacklog(1).withAcceptAtMost(0));
		// These two fill the backlog, and the kernel lets nobody else in.
		this.inBacklog.add(ScriptedPeer.connecting("127.0.0.1", peer.port()));
		this.inBacklog.add(ScriptedPeer.connecting("127.0.0.1", peer.port()));
		return peer;
	}

	@ParameterizedTest
	@EnumSource
	void itIsOpenedAtFirstUse(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			assertThat(pair.client().isConnected()).isFalse();
			assertThat(pair.peer().connections()).isEmpty();

			PeerConnection peer = pair.connected();

			assertThat(pair.client().isConnected()).isTrue();
			peer.awaitReceived(7, PATIENCE);
			assertThat(peer.received()).isEqualTo(onWire(SMALL));
		}
	}

	@ParameterizedTest
	@EnumSource
	void concurrentFirstUsersShareOneAttempt(Backend backend) throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			CountDownLatch start = new CountDownLatch(1);
			List<Thread> users = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				Thread.Builder user = (i % 2 == 0) ? Thread.ofVirtual() : Thread.ofPlatform();
				users.add(user.start(() -> {
					awaitUninterruptibly(start);
					pair.client().send(SMALL);
				}));
			}
			start.countDown();
			for (Thread user : users) {
				assertThat(user.join(PATIENCE)).isTrue();
			}

			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.awaitReceived(64 * 7, PATIENCE);
			assertThat(pair.peer().connections()).hasSize(1);
			assertThat(pair.client().counters().connectionsOpened()).isOne();
			assertThat(pair.client().counters().packetsSent()).isEqualTo(64);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aFailedAttemptFailsThoseWaitingAndTheNextSendTriesAgain() {
		ScriptedPeer free = ScriptedPeer.listening();
		int port = free.port();
		free.close();
		try (TestClient ours = TestClient.to(port)) {
			GenTcpTemplate client = ours.client();
			CompletableFuture<Void> waiting = client.sendAsync(SMALL);

			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.send(SMALL))
				.withMessageContaining("client orders (127.0.0.1:%d)".formatted(port))
				.withMessageContaining("econnrefused")
				.withMessageContaining("Does the peer listen on this port?")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());
			assertThat(waiting).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(ConnectFailedException.class);
			assertThat(client.isConnected()).isFalse();

			try (ScriptedPeer peer = ScriptedPeer.listening(PeerOptions.DEFAULTS.withPort(port))) {
				client.send(SMALL);
				peer.accept(PATIENCE).awaitReceived(7, PATIENCE);
			}
		}
	}

	@Test
	void anUnansweredAttemptEndsAtTheConnectTimeout() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.connectTimeout(Duration.ofMillis(100)),
				unanswering())) {
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> pair.client().send(SMALL))
				.withMessageContaining("no answer within connect-timeout (100ms)")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());
		}
	}

	@Test
	void anInterruptEndsTheWaitOfOneAndNotTheAttempt() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings, unanswering())) {
			CompletableFuture<Void> other = pair.client().sendAsync(SMALL);

			Thread.currentThread().interrupt();
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> pair.client().send(SMALL))
				.withMessageContaining("interrupted")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());

			assertThat(Thread.interrupted()).isTrue();
			assertThat(other).isNotDone();
		}
	}

	@Test
	void closingTheClientEndsTheAttempt() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings, unanswering())) {
			CompletableFuture<Void> waiting = pair.client().sendAsync(SMALL);

			pair.client().close();

			assertThat(waiting).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(ConnectFailedException.class)
				.withMessageContaining("this application closed the client");
		}
	}

	@Test
	void stoppingTheClientEndsTheAttemptAndTheNextSendMakesAnother() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings, unanswering())) {
			CompletableFuture<Void> waiting = pair.client().sendAsync(SMALL);

			pair.client().stop();

			assertThat(waiting).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(ConnectFailedException.class)
				.withMessageContaining("this application closed the client");
			assertThat(pair.client().counters().connectsFailed()).isZero();
			assertThat(pair.client().sendAsync(SMALL)).isNotDone();
		}
	}

	@ParameterizedTest
	@EnumSource
	void thePeersCloseIsNoticedWhileIdleAndTheNextSendOpensAnother(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			pair.connected().close();
			await().until(() -> !pair.client().isConnected());

			pair.client().send(new byte[] { 9 });

			PeerConnection second = pair.peer().accept(PATIENCE);
			second.awaitReceived(5, PATIENCE);
			assertThat(second.received()).as("nothing of the first connection is sent again")
				.isEqualTo(onWire(new byte[] { 9 }));
			assertThat(pair.client().counters().connectionsOpened()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void thePeersResetIsNoticedWhileIdleAndTheNextSendOpensAnother(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			pair.connected().reset();
			await().until(() -> !pair.client().isConnected());

			pair.client().send(new byte[] { 9 });

			PeerConnection second = pair.peer().accept(PATIENCE);
			second.awaitReceived(5, PATIENCE);
			assertThat(second.received()).isEqualTo(onWire(new byte[] { 9 }));
		}
	}

	@ParameterizedTest
	@EnumSource
	void thePeersEndOfStreamClosesTheConnection(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();

			peer.halfClose();

			peer.awaitEndOfStream(PATIENCE);
			await().until(() -> !pair.client().isConnected());
		}
	}

	@Test
	void aPacketThatWasCutOffIsNotSentAgain() {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			CompletableFuture<Void> send = pair.client().sendAsync(ClientAndPeer.LARGE);
			PeerConnection first = pair.peer().accept(PATIENCE);
			first.read(1000);

			first.reset();

			assertThat(send).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOfSatisfying(SocketClosedException.class, (ex) -> {
					assertThat(ex.bytesOut()).isGreaterThanOrEqualTo(1000);
					assertThat(ex.bytesTotal()).isEqualTo(1_000_004);
					assertThat(ex.nothingSent()).isFalse();
					assertThat(ex).hasMessageContaining("%d of 1000004 bytes are out".formatted(ex.bytesOut()))
						.hasMessageContaining("nobody knows");
				});
			pair.client().send(SMALL);
			PeerConnection second = pair.peer().accept(PATIENCE);
			second.readAll();
			second.awaitReceived(7, PATIENCE);
			pair.client().close();
			second.awaitEndOfStream(PATIENCE);
			assertThat(second.received()).isEqualTo(onWire(SMALL));
		}
	}

	@Test
	void aConnectionThatBreaksWhileItsFirstPacketsAreBegunTakesNoOthers() {
		CountDownLatch hold = new CountDownLatch(1);
		AtomicInteger tasks = new AtomicInteger();
		Executor threads = (task) -> {
			int number = tasks.incrementAndGet();
			Thread.ofVirtual().start(task);
			if (number == 2) {
				// The first is the thread of the connection, which begins a packet here.
				awaitUninterruptibly(hold);
			}
		};
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.stall());
				GenTcp genTcp = GenTcp.open();
				GenTcpTemplate client = new GenTcpTemplate(genTcp,
						GenTcpClientSettings.of("orders", "127.0.0.1", listening.port()), threads)) {
			CompletableFuture<Void> cut = client.sendAsync(new byte[50_000_000]);
			PeerConnection first = listening.accept(PATIENCE);
			first.read(1000);
			first.reset();
			assertThat(cut).failsWithin(PATIENCE);

			client.send(SMALL);

			PeerConnection second = listening.accept(PATIENCE);
			second.readAll();
			hold.countDown();
			client.send(SMALL);
			second.awaitReceived(2 * SMALL.length, PATIENCE);
			assertThat(client.counters().connectionsOpened()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClosedClientEndsItsStreamAndIsOfNoUse(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();

			pair.client().close();
			pair.client().close();

			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.EndOfStream.class);
			assertThat(pair.client().isConnected()).isFalse();
			assertThatIllegalStateException().isThrownBy(() -> pair.client().send(SMALL))
				.withMessageContaining("this client is closed");
			assertThatIllegalStateException().isThrownBy(() -> pair.client().sendAsync(SMALL));
			assertThatIllegalStateException().isThrownBy(() -> pair.client().sendAndReceive(SMALL));
			assertThatIllegalStateException().isThrownBy(() -> pair.client().execute((socket) -> 1));
		}
	}

}
