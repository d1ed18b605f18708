package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a receiver of a raw stream gets, and when. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class RecvTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final RecvResult TIMED_OUT = new RecvResult.TimedOut();

	private static final RecvResult CLOSED = new RecvResult.Closed();

	@Parameter
	TestBackend backend;

	@Test
	void lengthZeroReceivesWhateverIsThere() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abcdef"));
			assertThat(connected.socket().recv()).isEqualTo(received("abcdef"));
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
		}
	}

	@Test
	void aLengthReceivesExactlyThatManyBytes() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abcdef"));
			assertThat(recv(connected, 2)).isEqualTo(received("ab"));
			assertThat(recv(connected, 4)).isEqualTo(received("cdef"));
		}
	}

	@Test
	void aLengthWaitsUntilAllOfItIsThereAndLeavesTheRest() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("12"));
			WaitingCall<RecvResult> five = WaitingCall.of(() -> recv(connected, 5)).parked();
			connected.peer().send(bytes("3456"));
			assertThat(five.result()).isEqualTo(received("12345"));
			assertThat(connected.socket().recv()).isEqualTo(received("6"));
		}
	}

	@Test
	void bytesThatCameBeforeATimeoutAreKept() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abc"));
			assertThat(connected.socket().recv(5, SHORT)).isEqualTo(TIMED_OUT);
			assertThat(recv(connected, 2)).isEqualTo(received("ab"));
			assertThat(connected.socket().recv(5, SHORT)).isEqualTo(TIMED_OUT);
			connected.peer().send(bytes("defg"));
			assertThat(recv(connected, 5)).isEqualTo(received("cdefg"));
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
		}
	}

	@Test
	void whatIsThereAfterATimeoutCanBeReceivedWithoutALength() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abc"));
			assertThat(connected.socket().recv(5, SHORT)).isEqualTo(TIMED_OUT);
			assertThat(connected.socket().recv()).isEqualTo(received("abc"));
		}
	}

	@Test
	void aTimeoutIsKept() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			long start = System.nanoTime();
			assertThat(connected.socket().recv(Duration.ofMillis(200))).isEqualTo(TIMED_OUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
					Duration.ofSeconds(5));
		}
	}

	@Test
	void aTimeoutOfZeroOnlyLooks() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(TIMED_OUT);
			connected.peer().send(bytes("abc"));
			assertThat(recv(connected, 1)).isEqualTo(received("a"));
			assertThat(connected.socket().recv(3, Duration.ZERO)).isEqualTo(TIMED_OUT);
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(received("bc"));
		}
	}

	@Test
	void aLengthInPacketModeIsInvalidAndTakesNothing() {
		try (Connected connected = Connected.over(this.backend, RAW.packet(PacketType.FOUR))) {
			connected.peer().send(new byte[] { 0, 0, 0, 5, 'h', 'e', 'l', 'l', 'o' });
			assertThat(recv(connected, 3)).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.EINVAL);
				assertThat(failed.detail()).isEqualTo("length is 3, but packet is 4: it must be 0");
			});
			assertThat(connected.socket().recv()).isEqualTo(received("hello"));
		}
	}

	@Test
	void aNegativeLengthOrTimeoutIsTheCallersMistake() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			assertThatIllegalArgumentException().isThrownBy(() -> recv(connected, -1))
				.withMessage("length is -1; it must be 0 or more");
			assertThatIllegalArgumentException().isThrownBy(() -> connected.socket().recv(Duration.ofMillis(-1)))
				.withMessageContaining("must be zero or more");
		}
	}

	@Test
	void receiversAreServedFirstComeFirstServed() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> first = WaitingCall.of(() -> recv(connected, 2)).parked();
			WaitingCall<RecvResult> second = WaitingCall.of(() -> recv(connected, 3)).parked();
			WaitingCall<RecvResult> third = WaitingCall.of(() -> recv(connected, 1)).parked();
			connected.peer().send(bytes("123456"));
			assertThat(first.result()).isEqualTo(received("12"));
			assertThat(second.result()).isEqualTo(received("345"));
			assertThat(third.result()).isEqualTo(received("6"));
		}
	}

	@Test
	void aReceiverThatGivesUpInLineHoldsUpNobody() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> first = WaitingCall.of(() -> recv(connected, 2)).parked();
			assertThat(connected.socket().recv(2, SHORT)).isEqualTo(TIMED_OUT);
			WaitingCall<RecvResult> last = WaitingCall.of(() -> recv(connected, 2)).parked();
			connected.peer().send(bytes("1234"));
			assertThat(first.result()).isEqualTo(received("12"));
			assertThat(last.result()).isEqualTo(received("34"));
		}
	}

	@Test
	void closingEndsEveryReceiverThatWaits() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> reading = WaitingCall.of(connected.socket()::recv).parked();
			WaitingCall<RecvResult> inLine = WaitingCall.of(connected.socket()::recv).parked();
			connected.socket().close();
			assertThat(reading.result()).isEqualTo(CLOSED);
			assertThat(inLine.result()).isEqualTo(CLOSED);
		}
	}

	@Test
	void afterItsOwnCloseASocketReceivesNothingMore() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("abc"));
			assertThat(recv(connected, 1)).isEqualTo(received("a"));
			connected.socket().close();
			assertThat(connected.socket().recv(SHORT)).isEqualTo(CLOSED);
			assertThat(recv(connected, 1)).isEqualTo(CLOSED);
		}
	}

	@Test
	void aThreadReceivesWhileAnotherSends() {
		SocketOptions options = RAW.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.backend, options, Step.stall())) {
			WaitingCall<SendResult> send = WaitingCall.of(() -> sendTwice(connected.socket())).parked();
			connected.peer().send(bytes("in"));
			assertThat(connected.socket().recv()).isEqualTo(received("in"));
			assertThat(send.future()).isNotDone();
			connected.peer().readAll();
			assertThat(send.result()).isEqualTo(new SendResult.Sent());
		}
	}

	/** On the inet backend, it is the second packet that waits. */
	private static SendResult sendTwice(TcpSocket socket) {
		assertThat(socket.send(new byte[5_000_000])).isEqualTo(new SendResult.Sent());
		return socket.send(new byte[5_000_000]);
	}

	@Test
	void anAcceptedSocketReceivesAsAConnectedOne() {
		SocketOptions options = this.backend.of(RAW);
		try (GenTcp genTcp = this.backend.open(); ListenSocket listen = Connected.listen(genTcp, options)) {
			WaitingCall<AcceptResult> accepting = WaitingCall.of(() -> listen.accept(Connected.PATIENCE));
			try (var peer = ScriptedPeer.connecting(Connected.peerOf(options), "127.0.0.1", listen.port())) {
				TcpSocket socket = SocketPair.accepted(accepting.result());
				peer.send(bytes("abc"));
				assertThat(socket.recv(3, Connected.PATIENCE)).isEqualTo(received("abc"));
			}
		}
	}

	private static RecvResult recv(Connected connected, int length) {
		return connected.socket().recv(length, Connected.PATIENCE);
	}

	private static RecvResult received(String bytes) {
		return new RecvResult.Received(new Packet.Bytes(bytes(bytes)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
