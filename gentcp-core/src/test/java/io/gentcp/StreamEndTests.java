package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a receiver sees when the peer ends, closes or resets the connection. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(60)
class StreamEndTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final RecvResult CLOSED = new RecvResult.Closed();

	@Parameter
	TestBackend backend;

	@Test
	void whatCameBeforeTheEndIsReceivedFirst() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.send(bytes("xy")), Step.close())) {
			assertThat(recv(connected, 0)).isEqualTo(received("xy"));
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
		}
	}

	@Test
	void afterTheEndEveryReceiveIsClosed() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.close())) {
			for (int i = 0; i < 5; i++) {
				assertThat(recv(connected, i)).isEqualTo(CLOSED);
				assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(CLOSED);
			}
		}
	}

	@Test
	void fewerBytesThanAskedForAreDropped() {
		try (Connected connected = Connected.over(this.backend, RAW, Step.send(bytes("abc")), Step.close())) {
			assertThat(recv(connected, 5)).isEqualTo(CLOSED);
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(recv(connected, 1)).isEqualTo(CLOSED);
		}
	}

	@Test
	void aPacketThatIsNotCompleteIsDropped() {
		SocketOptions four = RAW.packet(PacketType.FOUR);
		try (Connected connected = Connected.over(this.backend, four, Step.send(new byte[] { 0, 0, 0, 5, 'h', 'e' }),
				Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
			assertThat(connected.socket().setOptions((options) -> options.packet(PacketType.RAW)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
		}
	}

	@Test
	void aLineWithoutItsEndIsDropped() {
		SocketOptions line = RAW.packet(PacketType.LINE);
		try (Connected connected = Connected.over(this.backend, line, Step.send(bytes("one\ntwo")), Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(received("one\n"));
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
		}
	}

	@Test
	void everyPacketBeforeTheEndIsReceived() {
		SocketOptions one = RAW.packet(PacketType.ONE);
		byte[] packets = { 1, 'a', 0, 2, 'b', 'c', 9, 'd' };
		try (Connected connected = Connected.over(this.backend, one, Step.send(packets), Step.close())) {
			assertThat(connected.socket().recv()).isEqualTo(received("a"));
			assertThat(connected.socket().recv()).isEqualTo(received(""));
			assertThat(connected.socket().recv()).isEqualTo(received("bc"));
			assertThat(connected.socket().recv()).isEqualTo(CLOSED);
		}
	}

	@Test
	void theEndEndsEveryReceiverThatWaits() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> reading = WaitingCall.of(() -> recv(connected, 3)).parked();
			WaitingCall<RecvResult> inLine = WaitingCall.of(() -> recv(connected, 0)).parked();
			connected.peer().halfClose();
			assertThat(reading.result()).isEqualTo(CLOSED);
			assertThat(inLine.result()).isEqualTo(CLOSED);
		}
	}

	@Test
	void aPeerThatEndedItsHalfStillGetsWhatWeSend() {
		SocketOptions halfOpen = RAW.exitOnClose(false);
		try (Connected connected = Connected.over(this.backend, halfOpen, Step.halfClose(), Step.readAll())) {
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(connected.socket().send(bytes("late"))).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4, Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(bytes("late"));
		}
	}

	@Test
	void whatCameBeforeAResetIsReceivedFirst() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("data"));
			assertThat(recv(connected, 1)).isEqualTo(received("d"));
			connected.peer().reset();
			assertThat(recv(connected, 3)).isEqualTo(received("ata"));
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
		}
	}

	@Test
	void whatLiesInTheKernelWhenAResetComesIsReceivedFirst() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			// Not the script of the peer: a reset before connect has returned ends the
			// connect.
			connected.peer().send(bytes("data"));
			connected.peer().reset();
			assertThat(recv(connected, 4)).isEqualTo(received("data"));
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
		}
	}

	@Test
	void aResetEndsAReceiverThatWaits() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			WaitingCall<RecvResult> waiting = WaitingCall.of(connected.socket()::recv).parked();
			connected.peer().reset();
			assertThat(waiting.result()).isEqualTo(CLOSED);
		}
	}

	@Test
	void afterAResetSendingAndReceivingAreClosed() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().reset();
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(connected.socket().send(bytes("x"))).isInstanceOf(SendResult.Closed.class);
			assertThat(connected.socket().recv(SHORT)).isEqualTo(CLOSED);
		}
	}

	@Test
	void bytesThatCameAreReceivedAlthoughASendFoundThePeerGone() {
		try (Connected connected = Connected.over(this.backend, RAW)) {
			connected.peer().send(bytes("bye"));
			connected.peer().reset();
			assertThat(connected.socket().send(bytes("x"))).isInstanceOf(SendResult.Closed.class);
			assertThat(recv(connected, 3)).isEqualTo(received("bye"));
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
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
