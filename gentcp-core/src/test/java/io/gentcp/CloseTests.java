package io.gentcp;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What closing a connection does to both sides. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class CloseTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	@Parameter
	TestBackend backend;

	@Test
	void thePeerReadsTheEndBehindAllThatWasSent() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.stall())) {
			byte[] sent = Payloads.random(20_000);
			assertThat(connected.socket().send(sent)).isEqualTo(new SendResult.Sent());
			connected.socket().close();
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(sent);
		}
	}

	@Test
	void afterwardsNothingIsSentOrReceived() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			TcpSocket socket = connected.socket();
			socket.close();
			assertThat(socket.isOpen()).isFalse();
			assertThat(socket.send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
			assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
			assertThat(socket.recv(Duration.ZERO)).isEqualTo(new RecvResult.Closed());
			assertThat(socket.setOptions((options) -> options.nodelay(true)))
				.isEqualTo(new SetOptionsResult.Failed(PosixError.EINVAL));
			assertThat(socket.peerAddress()).isEqualTo(connected.peer().localAddress());
		}
	}

	@Test
	void afterwardsAReceiveIsClosedWhateverWasWrongWithIt() {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = Connected.over(this.backend,
						RAW.packet(PacketType.FOUR).controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			TcpSocket socket = connected.socket();
			assertThat(socket.recv(Duration.ZERO)).isInstanceOf(RecvResult.Failed.class);
			socket.close();
			assertThat(socket.recv(Duration.ZERO)).isEqualTo(new RecvResult.Closed());
			assertThat(socket.recv(3, Duration.ZERO)).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void afterwardsAReceiveIsClosedAlthoughADeliveryIsStillAtIt() {
		CompletableFuture<SocketMessage> delivering = new CompletableFuture<>();
		CompletableFuture<Boolean> released = new CompletableFuture<>();
		ControllingProcess slow = (message) -> {
			delivering.complete(message);
			released.join();
		};
		try (Connected connected = Connected.over(this.backend, RAW.controllingProcess(slow).active(ActiveMode.ONCE))) {
			connected.peer().send(bytes("x"));
			assertThat(delivering).succeedsWithin(Connected.PATIENCE);
			connected.socket().close(Duration.ZERO);
			RecvResult result = connected.socket().recv(Duration.ZERO);
			released.complete(true);
			assertThat(result).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void afterwardsThereAreNoOptions() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.socket().close();
			assertThat(connected.socket().getOptions("packet"))
				.isEqualTo(new GetOptionsResult.Failed(PosixError.EINVAL));
		}
	}

	@Test
	void afterwardsSendsAreClosedAndNoLongerReset() {
		try (Connected connected = Connected.over(this.backend, RAW.showEconnreset(true))) {
			TcpSocket socket = connected.socket();
			connected.peer().reset();
			await().until(() -> !socket.send(bytes("x")).equals(new SendResult.Sent()));
			assertThat(socket.send(bytes("x"))).isEqualTo(new SendResult.Failed(PosixError.ECONNRESET, 0));
			socket.close();
			assertThat(socket.send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
		}
	}

	@Test
	void closingAgainDoesNothing() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			for (int i = 0; i < 3; i++) {
				connected.socket().close();
			}
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@Test
	void manyThreadsMayCloseAtOnce() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			List<WaitingCall<String>> closing = IntStream.range(0, 20).mapToObj((i) -> WaitingCall.of(() -> {
				connected.socket().close();
				return "closed";
			})).toList();
			assertThat(closing).allSatisfy((call) -> assertThat(call.result()).isEqualTo("closed"));
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@Test
	void closingWithUnreadInputEndsTheConnectionForThePeerAsWell() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("never read"));
			assertThat(connected.socket().recv(1, Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
			connected.peer().send(bytes("nor this"));
			connected.socket().close();
			await().atMost(Connected.PATIENCE)
				.untilAsserted(() -> assertThat(connected.peer().streamEnd()).isNotInstanceOf(StreamEnd.Open.class));
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> sendForEver(connected.peer()));
		}
	}

	@Test
	void withLingerZeroTheConnectionIsReset() {
		try (Connected connected = Connected.over(this.backend, RAW.linger(0))) {
			assertThat(connected.socket().send(bytes("abc"))).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(3, Connected.PATIENCE);
			connected.socket().close();
			connected.peer().awaitReset(Connected.PATIENCE);
		}
	}

	@Test
	void withALingerTimeNobodyWaitsForAPeerThatIsStalled() {
		try (Connected connected = Connected.over(this.backend, RAW.linger(30), Step.stall());
				ScriptedPeer other = ScriptedPeer.listening(Step.send(bytes("hello")))) {
			TcpSocket neighbour = Connected.connect(connected.genTcp(), other.port(), RAW);
			byte[] sent = Payloads.random(20_000);
			assertThat(connected.socket().send(sent)).isEqualTo(new SendResult.Sent());
			long start = System.nanoTime();
			connected.socket().close();
			assertThat(neighbour.recv(5, Connected.PATIENCE))
				.isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("hello"))));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(sent);
		}
	}

	@Test
	void closedConnectionsLeaveNoDescriptorOpen() {
		SocketOptions options = this.backend.of(RAW.backlog(100));
		try (GenTcp genTcp = this.backend.open(); ListenSocket listen = Connected.listen(genTcp, options)) {
			OpenFiles before = OpenFiles.now();
			for (int round = 0; round < 10; round++) {
				List<TcpSocket> sockets = new ArrayList<>();
				for (int i = 0; i < 50; i++) {
					SocketPair pair = SocketPair.over(genTcp, listen, options);
					sockets.add(pair.client());
					sockets.add(pair.server());
				}
				sockets.forEach(TcpSocket::close);
			}
			before.assertNoneLeft();
		}
	}

	@Test
	void aSocketMayBeClosedWhileManyThreadsUseIt() {
		for (int round = 0; round < 50; round++) {
			try (Connected connected = Connected.over(this.backend, RAW)) {
				TcpSocket socket = connected.socket();
				connected.peer().play(Step.send(new byte[1_000_000]));
				List<WaitingCall<Boolean>> users = IntStream.range(0, 8)
					.mapToObj((i) -> WaitingCall
						.of((i % 2 == 0) ? () -> sendsUntilClosed(socket) : () -> receivesUntilClosed(socket)))
					.toList();
				connected.peer().awaitReceived(10_000, Connected.PATIENCE);
				socket.close();
				assertThat(users).allSatisfy((user) -> assertThat(user.result()).isTrue());
			}
		}
	}

	private static void sendForEver(PeerConnection peer) {
		while (true) {
			peer.send(new byte[100]);
		}
	}

	private static boolean sendsUntilClosed(TcpSocket socket) {
		SendResult result = new SendResult.Sent();
		while (result instanceof SendResult.Sent) {
			result = socket.send(new byte[100]);
		}
		return result instanceof SendResult.Closed;
	}

	private static boolean receivesUntilClosed(TcpSocket socket) {
		RecvResult result = socket.recv();
		while (result instanceof RecvResult.Received) {
			result = socket.recv();
		}
		return result instanceof RecvResult.Closed;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
