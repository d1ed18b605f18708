package io.gentcp;

import java.nio.charset.StandardCharsets;

import io.gentcp.packet.Packet;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What ending one half of a connection does to both sides. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class ShutdownTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final RecvResult CLOSED = new RecvResult.Closed();

	@Parameter
	TestBackend backend;

	@Test
	void afterOurHalfThePeerReadsTheEndBehindAllThatWasSent() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.stall())) {
			byte[] sent = Payloads.random(20_000);
			assertThat(connected.socket().send(sent)).isEqualTo(new SendResult.Sent());
			connected.socket().shutdown(Direction.WRITE);
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(sent);
		}
	}

	@Test
	void afterOurHalfWeReceiveTheReply() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			assertThat(connected.socket().send(bytes("abc"))).isEqualTo(new SendResult.Sent());
			connected.socket().shutdown(Direction.WRITE);
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			connected.peer().send(bytes("reply"));
			assertThat(recv(connected, 5)).isEqualTo(received("reply"));
			assertThat(connected.socket().isOpen()).isTrue();
		}
	}

	@Test
	void afterOurHalfSendingIsClosedAndReceivingIsNot() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.socket().shutdown(Direction.WRITE);
			assertThat(connected.socket().send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
			assertThat(connected.socket().send(bytes("y"))).isEqualTo(new SendResult.Closed(0));
			connected.peer().send(bytes("reply"));
			assertThat(recv(connected, 5)).isEqualTo(received("reply"));
		}
	}

	@Test
	void aReceiverThatWaitsLivesThroughTheEndOfOurHalf() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> waiting = WaitingCall.of(connected.socket()::recv).parked();
			connected.socket().shutdown(Direction.WRITE);
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			connected.peer().send(bytes("reply"));
			assertThat(waiting.result()).isEqualTo(received("reply"));
		}
	}

	@Test
	void afterThePeersHalfNothingIsReceivedAndWhatCameIsDropped() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("pending"));
			assertThat(recv(connected, 1)).isEqualTo(received("p"));
			connected.socket().shutdown(Direction.READ);
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(recv(connected, 1)).isEqualTo(CLOSED);
		}
	}

	@Test
	void afterThePeersHalfWeStillSend() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.socket().shutdown(Direction.READ);
			assertThat(connected.socket().send(bytes("still"))).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(5, Connected.PATIENCE);
			connected.socket().shutdown(Direction.WRITE);
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(bytes("still"));
		}
	}

	@Test
	void endingThePeersHalfEndsEveryReceiverThatWaits() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> reading = WaitingCall.of(connected.socket()::recv).parked();
			WaitingCall<RecvResult> inLine = WaitingCall.of(connected.socket()::recv).parked();
			connected.socket().shutdown(Direction.READ);
			assertThat(reading.result()).isEqualTo(CLOSED);
			assertThat(inLine.result()).isEqualTo(CLOSED);
		}
	}

	@Test
	void endingBothHalvesEndsSendingAndReceiving() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.socket().shutdown(Direction.READ_WRITE);
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(connected.socket().send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
		}
	}

	@Test
	void endingAHalfAgainDoesNothing() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			for (int i = 0; i < 3; i++) {
				connected.socket().shutdown(Direction.WRITE);
			}
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			connected.peer().send(bytes("reply"));
			assertThat(recv(connected, 5)).isEqualTo(received("reply"));
			connected.socket().close();
			for (Direction direction : Direction.values()) {
				connected.socket().shutdown(direction);
			}
		}
	}

	@Test
	void endingOurHalfOfAConnectionThatWasResetDoesNothing() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().reset();
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			connected.socket().shutdown(Direction.READ_WRITE);
			assertThat(connected.socket().send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
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
