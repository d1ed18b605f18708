package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.util.function.Predicate.isEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An interrupt ends a wait as its timeout would, and harms nothing. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class InterruptTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final RecvResult RECV_TIMED_OUT = new RecvResult.TimedOut();

	private static final AcceptResult ACCEPT_TIMED_OUT = new AcceptResult.TimedOut();

	@Parameter
	TestBackend backend;

	@Test
	void aReceiveTimesOutWithTheFlagSetAndKeepsWhatCame() {
		try (Connected connected = Connected.over(this.backend, RAW.packet(PacketType.FOUR))) {
			connected.peer().send(new byte[] { 0, 0, 0, 5, 'h', 'e' });
			WaitingCall<RecvResult> waiting = WaitingCall.of(connected.socket()::recv).parked();
			waiting.interrupt();
			assertThat(waiting.result()).isEqualTo(RECV_TIMED_OUT);
			assertThat(waiting.leftTheInterruptFlagSet()).isTrue();
			connected.peer().send(bytes("llo"));
			assertThat(connected.socket().recv(Connected.PATIENCE)).isEqualTo(received("hello"));
			assertThat(connected.socket().send(bytes("ok"))).isEqualTo(new SendResult.Sent());
		}
	}

	@Test
	void aReceiveOnAPlatformThreadTimesOutAsWell() throws InterruptedException {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			RecvResult[] result = new RecvResult[1];
			Thread receiver = Thread.ofPlatform().start(() -> result[0] = connected.socket().recv());
			receiver.interrupt();
			receiver.join(Connected.PATIENCE);
			assertThat(result).containsExactly(RECV_TIMED_OUT);
			connected.peer().send(bytes("abc"));
			assertThat(connected.socket().recv(3, Connected.PATIENCE)).isEqualTo(received("abc"));
		}
	}

	@Test
	void aReceiveInLineTimesOutAndTheOthersGoOn() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> first = receive(connected, 1);
			WaitingCall<RecvResult> interrupted = receive(connected, 1);
			WaitingCall<RecvResult> last = receive(connected, 1);
			interrupted.interrupt();
			assertThat(interrupted.result()).isEqualTo(RECV_TIMED_OUT);
			assertThat(interrupted.leftTheInterruptFlagSet()).isTrue();
			connected.peer().send(bytes("ab"));
			assertThat(first.result()).isEqualTo(received("a"));
			assertThat(last.result()).isEqualTo(received("b"));
		}
	}

	@Test
	void withTheFlagSetWhatIsThereIsReceived() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abcd"));
			assertThat(connected.socket().recv(1, Connected.PATIENCE)).isEqualTo(received("a"));
			WaitingCall<RecvResult> call = WaitingCall.ofInterrupted(connected.socket()::recv);
			assertThat(call.result()).isEqualTo(received("bcd"));
			assertThat(call.leftTheInterruptFlagSet()).isTrue();
		}
	}

	@Test
	void withTheFlagSetWhatLiesInTheKernelIsReceived() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abc"));
			await().atMost(Connected.PATIENCE)
				.until(() -> interrupted(() -> connected.socket().recv(3, Connected.PATIENCE)),
						isEqual(received("abc")));
		}
	}

	@Test
	void withTheFlagSetAReceiveDoesNotWait() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> call = WaitingCall.ofInterrupted(connected.socket()::recv);
			assertThat(call.result()).isEqualTo(RECV_TIMED_OUT);
			assertThat(call.leftTheInterruptFlagSet()).isTrue();
		}
	}

	@Test
	void anAcceptTimesOutWithTheFlagSetAndTheListenSocketIsUsable() {
		try (GenTcp genTcp = this.backend.open()) {
			SocketOptions options = this.backend.of(RAW);
			ListenSocket listen = Connected.listen(genTcp, options);
			WaitingCall<AcceptResult> waiting = WaitingCall.of(listen::accept).parked();
			WaitingCall<AcceptResult> inLine = WaitingCall.of(listen::accept).parked();
			inLine.interrupt();
			assertThat(inLine.result()).isEqualTo(ACCEPT_TIMED_OUT);
			waiting.interrupt();
			assertThat(waiting.result()).isEqualTo(ACCEPT_TIMED_OUT);
			assertThat(waiting.leftTheInterruptFlagSet()).isTrue();
			WaitingCall<AcceptResult> next = WaitingCall.of(() -> listen.accept(Connected.PATIENCE));
			try (PeerConnection peer = ScriptedPeer.connecting(Connected.peerOf(options), "127.0.0.1", listen.port())) {
				assertThat(SocketPair.accepted(next.result()).peerAddress()).isEqualTo(peer.localAddress());
			}
		}
	}

	@Test
	void withTheFlagSetAConnectionThatIsThereIsAccepted() {
		// Without TLS: a connection is there when its handshake is done, in an accept.
		try (GenTcp genTcp = this.backend.open()) {
			ListenSocket listen = Connected.listen(genTcp, RAW);
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
				AcceptResult result = await().atMost(Connected.PATIENCE)
					.until(() -> interrupted(listen::accept), AcceptResult.Accepted.class::isInstance);
				assertThat(((AcceptResult.Accepted) result).socket().peerAddress()).isEqualTo(peer.localAddress());
			}
		}
	}

	@Test
	void withTheFlagSetAnAcceptDoesNotWait() {
		try (GenTcp genTcp = this.backend.open()) {
			ListenSocket listen = Connected.listen(genTcp, RAW);
			assertThat(WaitingCall.ofInterrupted(listen::accept).result()).isEqualTo(ACCEPT_TIMED_OUT);
		}
	}

	@Test
	void aConnectTimesOutWithTheFlagSet() {
		try (GenTcp genTcp = this.backend.open(); FullBacklog full = new FullBacklog()) {
			WaitingCall<ConnectResult> waiting = WaitingCall
				.of(() -> genTcp.connect("127.0.0.1", full.port(), RAW, SocketOptions.INFINITY))
				.parked();
			waiting.interrupt();
			assertThat(waiting.result()).isEqualTo(new ConnectResult.TimedOut());
			assertThat(waiting.leftTheInterruptFlagSet()).isTrue();
		}
	}

	@Test
	void aLookUpOfANameTimesOutWithTheFlagSet() {
		CountDownLatch released = new CountDownLatch(1);
		try (GenTcp genTcp = this.backend.open()) {
			String stuck = TestHosts.stuckUntil(released);
			WaitingCall<ConnectResult> waiting = WaitingCall
				.of(() -> genTcp.connect(stuck, 4000, RAW, SocketOptions.INFINITY))
				.parked();
			waiting.interrupt();
			assertThat(waiting.result()).isEqualTo(new ConnectResult.TimedOut());
			assertThat(waiting.leftTheInterruptFlagSet()).isTrue();
		}
		finally {
			released.countDown();
		}
	}

	@Test
	void withTheFlagSetAConnectThatNeedNotWaitConnects() {
		// Without TLS: a handshake has to wait for the peer.
		try (GenTcp genTcp = this.backend.open(); ScriptedPeer peer = ScriptedPeer.listening()) {
			await().atMost(Connected.PATIENCE)
				.until(() -> interrupted(() -> genTcp.connect("127.0.0.1", peer.port(), RAW, Connected.PATIENCE)),
						ConnectResult.Connected.class::isInstance);
		}
	}

	@Test
	void anInterruptedThreadClosesARuntimeInGoodOrder() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			ListenSocket listen = Connected.listen(connected.genTcp(), RAW);
			WaitingCall<Boolean> closing = WaitingCall.ofInterrupted(() -> {
				listen.close();
				connected.genTcp().close();
				return connected.socket().isOpen();
			});
			assertThat(closing.result()).isFalse();
			assertThat(closing.leftTheInterruptFlagSet()).isTrue();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	/** Makes the call with the interrupt flag set, which it leaves set. */
	private static <T> T interrupted(Callable<T> call) {
		WaitingCall<T> interrupted = WaitingCall.ofInterrupted(call);
		T result = interrupted.result();
		assertThat(interrupted.leftTheInterruptFlagSet()).isTrue();
		return result;
	}

	private static WaitingCall<RecvResult> receive(Connected connected, int length) {
		return WaitingCall.of(() -> connected.socket().recv(length, SocketOptions.INFINITY)).parked();
	}

	private static RecvResult received(String bytes) {
		return new RecvResult.Received(new Packet.Bytes(bytes(bytes)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
