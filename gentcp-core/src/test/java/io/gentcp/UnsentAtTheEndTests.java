package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of packets that are not out when the connection ends: socket backend. */
@ParameterizedClass
@EnumSource(TestWire.class)
@Timeout(60)
class UnsentAtTheEndTests {

	private static final SocketOptions RAW = SocketOptions.defaults().backend(Backend.SOCKET);

	@Parameter
	TestWire wire;

	@Test
	void afterCloseSendersThatWaitEndAsClosed() {
		SocketOptions options = RAW.packet(PacketType.FOUR);
		try (Connected connected = Connected.over(this.wire, options, Step.stall())) {
			List<WaitingCall<SendResult>> senders = Stream.of(new byte[Payloads.LARGE], bytes("second"))
				.map((payload) -> WaitingCall.of(() -> connected.socket().send(payload)).parked())
				.toList();
			connected.socket().close();
			assertThat(senders.getFirst().result()).isInstanceOfSatisfying(SendResult.Closed.class,
					(closed) -> assertThat(closed.bytesOut()).isPositive());
			assertThat(senders.getLast().result()).isEqualTo(new SendResult.Closed(0));
		}
	}

	@Test
	void afterCloseTheRestOfAPartialPacketCannotBeResumed() {
		SocketOptions options = RAW.packet(PacketType.FOUR).sendTimeout(Duration.ofMillis(100));
		try (Connected connected = Connected.over(this.wire, options, Step.stall())) {
			RestData rest = connected.tearPacket(Payloads.random(Payloads.LARGE));
			connected.socket().close();
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Closed(rest.bytesOut()));
		}
	}

	@Test
	void afterOurHalfSendersThatWaitEndAsClosedAndThePeerGetsWhatWasOut() {
		try (Connected connected = Connected.over(this.wire, RAW, Step.stall())) {
			byte[] large = Payloads.random(Payloads.LARGE);
			List<WaitingCall<SendResult>> senders = Stream.of(large, bytes("second"), bytes("third"))
				.map((payload) -> WaitingCall.of(() -> connected.socket().send(payload)).parked())
				.toList();
			connected.socket().shutdown(Direction.WRITE);

			SendResult first = senders.getFirst().result();
			assertThat(first).isInstanceOf(SendResult.Closed.class);
			assertThat(senders.get(1).result()).isEqualTo(new SendResult.Closed(0));
			assertThat(senders.get(2).result()).isEqualTo(new SendResult.Closed(0));

			int out = (int) ((SendResult.Closed) first).bytesOut();
			assertThat(out).isPositive().isLessThan(large.length);
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(Arrays.copyOf(large, out));
			connected.peer().send(bytes("hi"));
			assertThat(connected.socket().recv(2, Connected.PATIENCE))
				.isEqualTo(new RecvResult.Received(new Packet.Bytes(bytes("hi"))));
		}
	}

	@Test
	void afterOurHalfTheRestOfAPartialPacketIsGivenUp() {
		SocketOptions options = RAW.packet(PacketType.FOUR).sendTimeout(Duration.ofMillis(100));
		try (Connected connected = Connected.over(this.wire, options, Step.stall())) {
			RestData rest = connected.tearPacket(Payloads.random(Payloads.LARGE));
			connected.socket().shutdown(Direction.WRITE);
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Closed(rest.bytesOut()));
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().receivedCount()).isEqualTo(rest.bytesOut());
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
