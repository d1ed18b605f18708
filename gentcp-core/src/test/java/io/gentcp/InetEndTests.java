package io.gentcp;

import java.net.InetSocketAddress;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.ConnectOutcome;
import io.gentcp.transport.Deadline;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.Target;
import io.gentcp.transport.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The inet backend: close and shutdown go behind what is queued. */
@ParameterizedClass
@EnumSource(value = TestBackend.class, names = "INET.*", mode = EnumSource.Mode.MATCH_ANY)
@Timeout(120)
class InetEndTests {

	private static final SendResult SENT = new SendResult.Sent();

	private static final byte[] LARGE = Payloads.random(Payloads.LARGE);

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	@Parameter
	TestBackend backend;

	@Test
	void closeWaitsUntilThePeerHasTakenWhatIsQueued() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			WaitingCall<Boolean> close = close(connected).parked();
			assertThat(connected.socket().isOpen()).isFalse();
			assertThat(connected.socket().send(new byte[1])).isEqualTo(new SendResult.Closed(0));
			connected.peer().readAll();
			assertThat(close.result()).isTrue();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	@Tag("exhaustive")
	void closeGivesUpOnAPeerThatTakesNothingAndTheQueueGoesOutInTheBackground() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			assertThat(close(connected).result()).isTrue();
			connected.peer().readAll();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	void withALingerTimeCloseWaitsAtMostThatLong() {
		try (Connected connected = Connected.over(this.backend, FOUR.linger(1), Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			assertThat(close(connected).result()).isTrue();
			connected.peer().readAll();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	void withLingerZeroTheQueueIsForgottenAndTheConnectionReset() {
		try (Connected connected = Connected.over(this.backend, FOUR.linger(0), Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			connected.socket().close();
			connected.peer().readAll();
			connected.peer().awaitReset(Connected.PATIENCE);
			assertThat(connected.peer().receivedCount()).isLessThan(LARGE.length);
		}
	}

	@Test
	void anInterruptEndsTheWaitOfCloseAndTheQueueGoesOutInTheBackground() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			WaitingCall<Boolean> close = close(connected).parked();
			close.interrupt();
			assertThat(close.result()).isTrue();
			assertThat(close.leftTheInterruptFlagSet()).isTrue();
			connected.peer().readAll();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	void aSenderThatWaitsForRoomEndsAsClosedAndItsPacketIsNotSent() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			WaitingCall<SendResult> waiting = WaitingCall.of(() -> connected.socket().send(new byte[3])).parked();
			WaitingCall<Boolean> close = close(connected);
			assertThat(waiting.result()).isEqualTo(new SendResult.Closed(0));
			connected.peer().readAll();
			assertThat(close.result()).isTrue();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	void anEndOfThePeersStreamThatIsNoticedDuringACloseDropsNothing() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.stall());
				Engine engine = new Engine(EngineOptions.defaults())) {
			Target target = new Target(new InetSocketAddress("127.0.0.1", listening.port()), null, null,
					FOUR.transportOptions(), null);
			Transport transport = ((ConnectOutcome.Connected) engine.connect(target, Deadline.INFINITE)).transport();
			PeerConnection peer = listening.accept(Connected.PATIENCE);
			assertThat(transport.begin(Framing.of(FOUR).ofArrays(), LARGE).isHeld()).isFalse();
			transport.close();
			assertThat(transport.abortIfOpen()).isFalse();
			peer.readAll();
			peer.awaitEndOfStream(Connected.PATIENCE);
			assertThat(peer.receivedPackets(4).packets()).containsExactly(LARGE);
		}
	}

	@Test
	void aReceiverThatWaitsEndsAtOnceAlthoughOutputIsQueued() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			WaitingCall<RecvResult> recv = WaitingCall.of(connected.socket()::recv).parked();
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			WaitingCall<Boolean> close = close(connected);
			assertThat(recv.result()).isEqualTo(new RecvResult.Closed());
			connected.peer().readAll();
			assertThat(close.result()).isTrue();
		}
	}

	@Test
	void closeReturnsWhenThePeerIsGone() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			WaitingCall<Boolean> close = close(connected).parked();
			connected.peer().reset();
			assertThat(close.result()).isTrue();
		}
	}

	@Test
	void afterShutdownThePeerReadsTheEndBehindWhatWasQueuedAndMayReply() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(LARGE)).isEqualTo(SENT);
			WaitingCall<SendResult> waiting = WaitingCall.of(() -> socket.send(new byte[3])).parked();
			socket.shutdown(Direction.WRITE);
			assertThat(socket.send(new byte[1])).isEqualTo(new SendResult.Closed(0));
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(waiting.result()).isEqualTo(SENT);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE, new byte[3]);
			connected.peer().send(new byte[] { 0, 0, 0, 2, 'h', 'i' });
			assertThat(socket.recv(Connected.PATIENCE))
				.isEqualTo(new RecvResult.Received(new Packet.Bytes(new byte[] { 'h', 'i' })));
		}
	}

	@Test
	void closeAfterShutdownLosesNothing() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			connected.socket().shutdown(Direction.WRITE);
			WaitingCall<Boolean> close = close(connected).parked();
			connected.peer().readAll();
			assertThat(close.result()).isTrue();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	void closingTheRuntimeWaitsForWhatIsQueued() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(LARGE)).isEqualTo(SENT);
			WaitingCall<Boolean> close = WaitingCall.of(() -> {
				connected.genTcp().close();
				return true;
			}).parked();
			connected.peer().readAll();
			assertThat(close.result()).isTrue();
			assertThatPeerGotAll(connected);
		}
	}

	@Test
	@Tag("exhaustive")
	void closingTheRuntimeGivesUpOnManyStalledPeersTogether() {
		try (Connected first = Connected.over(this.backend, FOUR, Step.stall());
				ScriptedPeer others = ScriptedPeer.listening(Connected.peerOf(this.backend.of(FOUR)), Step.stall())) {
			assertThat(first.socket().send(LARGE)).isEqualTo(SENT);
			for (int i = 0; i < 40; i++) {
				TcpSocket socket = Connected.connect(first.genTcp(), others.port(),
						this.backend.of(FOUR.sndbuf(16 * 1024)));
				assertThat(socket.send(LARGE)).isEqualTo(SENT);
			}
			// One after the other, they would take longer than this class may.
			first.genTcp().close();
			assertThat(first.socket().isOpen()).isFalse();
		}
	}

	@Test
	void connectionsThatWereFlushedLeaveNoDescriptorOpen() {
		SocketOptions options = this.backend.of(FOUR);
		try (GenTcp genTcp = this.backend.open();
				ScriptedPeer peer = ScriptedPeer.listening(Connected.peerOf(options))) {
			OpenFiles before = OpenFiles.now();
			for (int i = 0; i < 20; i++) {
				TcpSocket socket = Connected.connect(genTcp, peer.port(), options);
				assertThat(socket.send(LARGE)).isEqualTo(SENT);
				socket.close();
				peer.accept(Connected.PATIENCE).close();
			}
			before.assertNoneLeft();
		}
	}

	private static WaitingCall<Boolean> close(Connected connected) {
		return WaitingCall.of(() -> {
			connected.socket().close();
			return true;
		});
	}

	private static void assertThatPeerGotAll(Connected connected) {
		connected.peer().awaitEndOfStream(Connected.PATIENCE);
		assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE);
		assertThat(connected.peer().receivedPackets(4).rest()).isEmpty();
	}

}
