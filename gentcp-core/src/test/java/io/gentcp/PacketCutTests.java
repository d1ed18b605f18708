package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.IntStream;

import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import io.gentcp.transport.HoldingWire.Valve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A packet that is cut at a given byte, inside its header as well. */
class PacketCutTests {

	private static final byte[] PAYLOAD = Payloads.random(20);

	private static final SocketOptions OPTIONS = SocketOptions.defaults()
		.backend(Backend.SOCKET)
		.packet(PacketType.FOUR)
		.sendTimeout(Duration.ofMillis(20));

	static IntStream cuts() {
		return IntStream.rangeClosed(1, 4 + PAYLOAD.length - 1);
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void theRestBeginsAtTheCutAndResumingItCompletesThePacket(int cut) {
		Valve valve = Valve.letting(cut);
		try (Connected connected = Connected.over(TestWire.behind(valve, 1), OPTIONS)) {
			RestData rest = connected.tearPacket(PAYLOAD);
			assertThat(rest.bytesOut()).isEqualTo(cut);
			assertThat(rest.size()).isEqualTo(4 + PAYLOAD.length - cut);
			assertThat(rest.nothingSent()).isFalse();
			connected.peer().awaitReceived(cut, Connected.PATIENCE);
			ByteBuffer whole = ByteBuffer.allocate(4 + PAYLOAD.length);
			whole.put(connected.peer().received()).put(rest.bytes());
			assertThat(whole.flip()).isEqualTo(onTheWire());

			valve.let(1_000);
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().send(PAYLOAD)).isEqualTo(new SendResult.Refused(cut, 4 + PAYLOAD.length));
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().send(PAYLOAD)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(2 * (4 + PAYLOAD.length), Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(PAYLOAD, PAYLOAD);
		}
	}

	@Test
	void withNothingOutTheRestIsTheWholePacketAndTheConnectionIsClean() {
		Valve valve = Valve.letting(0);
		try (Connected connected = Connected.over(TestWire.behind(valve, 1), OPTIONS)) {
			SendResult result = connected.socket().send(PAYLOAD);
			assertThat(result).isInstanceOfSatisfying(SendResult.TimedOutWithRest.class, (timedOut) -> {
				assertThat(timedOut.rest().nothingSent()).isTrue();
				assertThat(timedOut.rest().bytes()).isEqualTo(onTheWire());
			});
			valve.let(1_000);
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().send(new byte[] { 9 })).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(5, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(new byte[] { 9 });
		}
	}

	@Test
	void withAllTakenByTheWireThePacketWasSentAfterAll() {
		Valve valve = Valve.letting(3);
		try (Connected connected = Connected.over(TestWire.behind(valve, 1_000), OPTIONS)) {
			assertThat(connected.socket().send(PAYLOAD)).isEqualTo(new SendResult.Sent());
			assertThat(connected.peer().receivedCount()).isLessThanOrEqualTo(3);
			valve.let(1_000);
			connected.peer().awaitReceived(4 + PAYLOAD.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(PAYLOAD);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 4, 5, 11 })
	void resumingThatTimesOutAgainGivesANewRest(int step) {
		Valve valve = Valve.letting(step);
		try (Connected connected = Connected.over(TestWire.behind(valve, 1), OPTIONS)) {
			RestData rest = connected.tearPacket(PAYLOAD);
			long let = step;
			while (let + step < rest.packetSize()) {
				valve.let(step);
				let += step;
				SendResult again = connected.socket().resume(rest);
				RestData smaller = ((SendResult.TimedOutWithRest) again).rest();
				assertThat(smaller.bytesOut()).isBetween(rest.bytesOut(), let);
				assertThat(smaller.packetSize()).isEqualTo(4 + PAYLOAD.length);
				assertThat(connected.socket().send(PAYLOAD)).isInstanceOf(SendResult.Refused.class);
				rest = smaller;
			}
			valve.let(1_000);
			assertThat(connected.socket().resume(rest, Connected.PATIENCE)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + PAYLOAD.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(PAYLOAD);
		}
	}

	@Test
	void resumingOfWhichNothingGoesOutLeavesThePacketPartial() {
		Valve valve = Valve.letting(2);
		try (Connected connected = Connected.over(TestWire.behind(valve, 1), OPTIONS)) {
			RestData rest = connected.tearPacket(PAYLOAD);
			SendResult again = connected.socket().resume(rest);
			assertThat(again).isInstanceOfSatisfying(SendResult.TimedOutWithRest.class,
					(timedOut) -> assertThat(timedOut.rest().bytesOut()).isEqualTo(2));
			assertThat(connected.socket().send(PAYLOAD)).isInstanceOf(SendResult.Refused.class);
		}
	}

	private static ByteBuffer onTheWire() {
		return ByteBuffer.allocate(4 + PAYLOAD.length).putInt(PAYLOAD.length).put(PAYLOAD).flip();
	}

}
