package io.gentcp.spring.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gentcp.ActiveMode;
import io.gentcp.ControllingProcessResult;
import io.gentcp.Mailbox;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SetOptionsResult;
import io.gentcp.SocketMessage;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.ClientAndPeer.onWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** A callback has the socket, and what arrives on it, to itself. */
class ExecuteTests {

	private static final RecvResult ARRIVED = new RecvResult.Received(new Packet.Bytes(SMALL));

	@ParameterizedTest
	@EnumSource
	void aCallbackSendsAndReceives(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			for (int i = 0; i < 200; i++) {
				RecvResult received = pair.client().execute((socket) -> {
					assertThat(socket.send(SMALL)).isEqualTo(new SendResult.Sent());
					return socket.recv(PATIENCE);
				});

				assertThat(received).isEqualTo(ARRIVED);
				assertThat(pair.client().sendAndReceive(new byte[] { 5 })).containsExactly(5);
			}
			assertThat(pair.client().counters().uncorrelatedPackets()).isZero();
			assertThat(pair.client().counters().connectionsOpened()).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPacketThatCameBeforeTheCallbackIsNotReceivedByIt(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();
			peer.send(onWire(new byte[] { 9 }));
			await().until(() -> pair.client().counters().uncorrelatedPackets() == 1);

			RecvResult received = pair.client().execute((socket) -> {
				peer.send(onWire(SMALL));
				return socket.recv(PATIENCE);
			});

			assertThat(received).isEqualTo(ARRIVED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsWaitForTheCallbackAndPlainSendsDoNot(Backend backend) throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			CountDownLatch inCallback = new CountDownLatch(1);
			CountDownLatch done = new CountDownLatch(1);
			Thread callback = Thread.ofVirtual().start(() -> pair.client().execute((socket) -> {
				inCallback.countDown();
				return awaited(done);
			}));
			assertThat(awaited(inCallback)).isTrue();
			CompletableFuture<byte[]> reply = new CompletableFuture<>();
			Thread request = Thread.ofVirtual().start(() -> reply.complete(pair.client().sendAndReceive(SMALL)));
			await().until(() -> request.getState() == Thread.State.TIMED_WAITING);

			PeerConnection peer = pair.connected();
			pair.client().send(new byte[] { 9 });
			peer.awaitReceived(12, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, new byte[] { 9 });
			done.countDown();

			assertThat(callback.join(PATIENCE)).isTrue();
			peer.awaitReceived(19, PATIENCE);
			peer.send(onWire(new byte[] { 7 }));
			assertThat(reply).succeedsWithin(PATIENCE).isEqualTo(new byte[] { 7 });
		}
	}

	private static boolean awaited(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRequestWaitsForTheCallbackNoLongerThanTheSendTimeout(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend, TestClient.sendTimeout(Duration.ofMillis(50)))) {
			CountDownLatch inCallback = new CountDownLatch(1);
			CountDownLatch done = new CountDownLatch(1);
			Thread.ofVirtual().start(() -> pair.client().execute((socket) -> {
				inCallback.countDown();
				return awaited(done);
			}));
			assertThat(awaited(inCallback)).isTrue();

			assertThatExceptionOfType(ConnectionBusyException.class)
				.isThrownBy(() -> pair.client().sendAndReceive(SMALL))
				.withMessageContaining("a callback of execute uses the connection")
				.withMessageContaining("50ms (send-timeout)")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());
			done.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCallbackWaitsForRepliesNoLongerThanTheReplyTimeout(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.replyTimeout(Duration.ofMillis(50)))) {
			PeerConnection peer = pair.connected();
			assertThatExceptionOfType(ReplyTimeoutException.class)
				.isThrownBy(() -> pair.client().sendAndReceive(SMALL));

			assertThatExceptionOfType(ConnectionBusyException.class)
				.isThrownBy(() -> pair.client().execute((socket) -> 1))
				.withMessageContaining("requests wait for their replies")
				.withMessageContaining("50ms (reply-timeout)");

			peer.send(onWire(SMALL));
			await().until(() -> pair.client().counters().lateReplies() == 1);
			assertThat(pair.client().<Integer>execute((socket) -> 1)).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource
	void waitingForItselfIsTheCallersMistake(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			pair.client().execute((socket) -> {
				assertThatIllegalStateException().isThrownBy(() -> pair.client().sendAndReceive(SMALL))
					.withMessageContaining("within the callback of execute");
				assertThatIllegalStateException().isThrownBy(() -> pair.client().execute((same) -> 1));
				return 0;
			});
			assertThat(pair.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCallbackThatThrowsLeavesTheConnectionToOthers(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			IllegalStateException mine = new IllegalStateException("mine");

			assertThatIllegalStateException().isThrownBy(() -> pair.client().execute((socket) -> {
				throw mine;
			})).isSameAs(mine);

			assertThat(pair.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
		}
	}

	@ParameterizedTest
	@EnumSource
	void packetsAreReadAsBeforeTheCallback(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			RecvResult received = pair.client().execute((socket) -> {
				change(socket);
				assertThat(socket.send(onWire(SMALL))).isEqualTo(new SendResult.Sent());
				return socket.recv(7, PATIENCE);
			});

			assertThat(received).isEqualTo(
					new RecvResult.Received(new Packet.WithHeader(new byte[] { 0, 0 }, new byte[] { 0, 3, 1, 2, 3 })));
			assertReadAsBefore(pair);
		}
	}

	@ParameterizedTest
	@EnumSource
	void packetsAreReadAsBeforeTheCallbackAlsoIfItThrows(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			assertThatIllegalStateException().isThrownBy(() -> pair.client().execute((socket) -> {
				change(socket);
				throw new IllegalStateException();
			}));

			assertReadAsBefore(pair);
		}
	}

	private static void change(TcpSocket socket) {
		SetOptionsResult result = socket.setOptions((options) -> options.packet(PacketType.RAW)
			.packetSize(5)
			.lineDelimiter(0)
			.lineLength(6)
			.header(2)
			.sendTimeout(Duration.ofSeconds(3))
			.nodelay(true));
		assertThat(result).isInstanceOf(SetOptionsResult.Set.class);
	}

	private static void assertReadAsBefore(TestClient pair) {
		assertThat(pair.client().sendAndReceive("as before")).isEqualTo("as before");
		SocketOptions options = pair.client().execute(TcpSocket::options);
		assertThat(options.packet()).isEqualTo(PacketType.FOUR);
		assertThat(options.packetSize()).isZero();
		assertThat(options.lineDelimiter()).isEqualTo('\n');
		assertThat(options.lineLength()).isZero();
		assertThat(options.header()).isZero();
		assertThat(pair.client().counters().connectionsOpened()).isOne();
		assertThat(pair.client().counters().uncorrelatedPackets()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void otherOptionsThatACallbackSetsStayUntilTheConnectionCloses(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			pair.client().execute((socket) -> {
				change(socket);
				return 0;
			});
			SocketOptions later = pair.client().execute((socket) -> {
				SocketOptions options = socket.options();
				socket.close();
				return options;
			});
			await().until(() -> !pair.client().isConnected());
			SocketOptions other = pair.client().execute(TcpSocket::options);

			assertThat(later.sendTimeout()).isEqualTo(Duration.ofSeconds(3));
			assertThat(later.channelOptions().nodelay()).isTrue();
			assertThat(other.sendTimeout()).isEqualTo(PATIENCE);
			assertThat(other.channelOptions().nodelay()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void activeModeEndsWithTheCallbackThatSetIt(Backend backend) {
		try (EchoServer server = EchoServer.start();
				TestClient pair = TestClient.on(backend, server.port());
				Mailbox mailbox = new Mailbox(10)) {
			Optional<SocketMessage> message = pair.client().execute((socket) -> {
				assertThat(socket.controllingProcess(mailbox)).isInstanceOf(ControllingProcessResult.HandedOver.class);
				assertThat(socket.active(ActiveMode.TRUE)).isInstanceOf(SetOptionsResult.Set.class);
				assertThat(socket.send(SMALL)).isEqualTo(new SendResult.Sent());
				return mailbox.receive(PATIENCE);
			});

			assertThat(message).get()
				.isInstanceOfSatisfying(SocketMessage.Data.class,
						(data) -> assertThat(data.packet()).isEqualTo(new Packet.Bytes(SMALL)));
			assertReadAsBefore(pair);
			assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSocketThatACallbackChangedAndClosedIsOnlyClosed(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			pair.client().execute((socket) -> {
				change(socket);
				socket.close();
				return 0;
			});
			await().until(() -> !pair.client().isConnected());

			assertThat(pair.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCallbackThatClosesTheSocketHasTheNextSendOpenAnother(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient pair = TestClient.on(backend, server.port())) {
			pair.client().execute((socket) -> {
				socket.close();
				return 0;
			});
			await().until(() -> !pair.client().isConnected());

			assertThat(pair.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
			assertThat(pair.client().counters().connectionsOpened()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingTheClientEndsWhatTheCallbackWaitsFor(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend, Step.readAll())) {
			CountDownLatch inCallback = new CountDownLatch(1);
			CompletableFuture<RecvResult> result = new CompletableFuture<>();
			Thread.ofVirtual().start(() -> result.complete(pair.client().execute((socket) -> {
				inCallback.countDown();
				return socket.recv();
			})));
			assertThat(awaited(inCallback)).isTrue();

			pair.client().close();

			assertThat(result).succeedsWithin(PATIENCE).isEqualTo(new RecvResult.Closed());
		}
	}

}
