package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Nothing but its rest may follow a part of a packet. */
@ParameterizedClass
@EnumSource(TestWire.class)
class PartialPacketTests {

	private static final SocketOptions OPTIONS = SocketOptions.defaults()
		.backend(Backend.SOCKET)
		.packet(PacketType.FOUR)
		.sendTimeout(Duration.ofMillis(100));

	private static final byte[] LARGE = Payloads.random(Payloads.LARGE);

	private static final byte[] SMALL = { 1, 2, 3 };

	@Parameter
	TestWire wire;

	@Test
	void sendingBeforeTheRestIsResumedIsRefusedAndSaysHowToMendIt() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			RestData rest = connected.tearPacket(LARGE);
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			connected.peer().awaitReceived(rest.bytesOut(), Connected.PATIENCE);

			SendResult refused = connected.socket().send(SMALL);

			assertThat(refused).isEqualTo(new SendResult.Refused(rest.bytesOut(), rest.packetSize()));
			assertThat(refused).asString()
				.contains("%d of %d bytes".formatted(rest.bytesOut(), rest.packetSize()))
				.contains("resume its rest, close, or set packet to raw");
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().send(SMALL)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + LARGE.length + 7, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE, SMALL);
		}
	}

	@Test
	void onlySettingPacketGivesUpTheRestOfARawStream() {
		SocketOptions raw = OPTIONS.packet(PacketType.RAW).partialPackets(PartialPackets.WAIT);
		try (Connected connected = Connected.over(this.wire, raw, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			RestData rest = connected.tearPacket(LARGE);
			connected.sendTimeout(Duration.ofMillis(50));
			assertThat(socket.send(SMALL)).as("waits behind the rest").isInstanceOf(SendResult.TimedOutWithRest.class);
			connected.sendTimeout(Connected.PATIENCE);
			connected.peer().readAll();
			assertThat(socket.resume(rest)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(LARGE.length, Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(LARGE);
		}
	}

	@Test
	void theRecipeOfTheManualWorks() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			RestData rest = connected.tearPacket(LARGE);
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);

			assertThat(socket.setOptions((options) -> options.packet(PacketType.RAW)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.send(rest.bytes())).isEqualTo(new SendResult.Sent());
			assertThat(socket.setOptions((options) -> options.packet(PacketType.FOUR)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(socket.send(SMALL)).isEqualTo(new SendResult.Sent());

			connected.peer().awaitReceived(4 + LARGE.length + 7, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE, SMALL);
		}
	}

	@Test
	void sendersThatWaitBehindAPacketThatBecomesPartialAreRefused() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			PendingSend first = socket.beginSend(ByteBuffer.wrap(LARGE));
			PendingSend behind = socket.beginSend(ByteBuffer.wrap(SMALL));
			assertThat(first.await()).isInstanceOf(SendResult.TimedOutWithRest.class);
			assertThat(behind.isDone()).isTrue();
			assertThat(behind.await()).isInstanceOf(SendResult.Refused.class);
		}
	}

	@Test
	void sendersCanWaitBehindAPartialPacketAndGoOutAfterItsRestInTheirOrder() {
		SocketOptions waiting = OPTIONS.partialPackets(PartialPackets.WAIT);
		try (Connected connected = Connected.over(this.wire, waiting, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			PendingSend first = socket.beginSend(ByteBuffer.wrap(LARGE));
			PendingSend before = socket.beginSend(ByteBuffer.wrap(new byte[] { 1 }));
			RestData rest = ((SendResult.TimedOutWithRest) first.await()).rest();
			connected.sendTimeout(Connected.PATIENCE);
			List<PendingSend> behind = new ArrayList<>();
			for (byte i = 2; i < 20; i++) {
				behind.add(socket.beginSend(ByteBuffer.wrap(new byte[] { i })));
			}
			assertThat(before.withdraw()).isTrue();
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(socket.resume(rest)).isEqualTo(new SendResult.Sent());
			assertThat(behind).allSatisfy((send) -> assertThat(send.await()).isEqualTo(new SendResult.Sent()));

			connected.peer().awaitReceived(4 + LARGE.length + 18 * 5, Connected.PATIENCE);
			List<byte[]> packets = connected.peer().receivedPackets(4).packets();
			assertThat(packets).hasSize(19);
			assertThat(packets.getFirst()).isEqualTo(LARGE);
			assertThat(packets.subList(1, 19)).extracting((packet) -> packet[0]).isSorted().startsWith((byte) 2);
		}
	}

	@Test
	void waitingBehindAPartialPacketEndsAtTheSendersOwnTimeoutWithNothingOut() {
		SocketOptions waiting = OPTIONS.partialPackets(PartialPackets.WAIT);
		try (Connected connected = Connected.over(this.wire, waiting, new Step.Stall())) {
			RestData rest = connected.tearPacket(LARGE);
			assertThat(connected.socket().send(SMALL)).isInstanceOfSatisfying(SendResult.TimedOutWithRest.class,
					(timedOut) -> assertThat(timedOut.rest().nothingSent()).isTrue());
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + LARGE.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE);
		}
	}

	@Test
	void settingPacketToRawRefusesThoseThatWaitedForTheRest() {
		SocketOptions waiting = OPTIONS.partialPackets(PartialPackets.WAIT);
		try (Connected connected = Connected.over(this.wire, waiting, new Step.Stall())) {
			connected.tearPacket(LARGE);
			PendingSend behind = connected.socket().beginSend(ByteBuffer.wrap(SMALL));
			assertThat(connected.socket().setOptions((options) -> options.packet(PacketType.RAW)))
				.isEqualTo(new SetOptionsResult.Set());
			assertThat(behind.await()).isInstanceOf(SendResult.Refused.class);
		}
	}

	@Test
	void aRestCanBeResumedOnceAndOnlyOnItsOwnSocket() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall());
				Connected other = Connected.over(this.wire, OPTIONS)) {
			RestData rest = connected.tearPacket(LARGE);
			assertThatIllegalArgumentException().isThrownBy(() -> use(other.socket().resume(rest)))
				.withMessageContaining("belongs to " + connected.socket());
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			assertThatIllegalArgumentException().isThrownBy(() -> use(connected.socket().resume(rest)))
				.withMessageContaining("already resumed");
		}
	}

	@Test
	void aCleanRestThatIsRefusedCanBeResumedLater() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			PendingSend first = socket.beginSend(ByteBuffer.wrap(LARGE));
			PendingSend second = socket.beginSend(ByteBuffer.wrap(SMALL));
			assertThat(second.withdraw()).isTrue();
			RestData clean = ((SendResult.TimedOutWithRest) second.await()).rest();
			RestData torn = ((SendResult.TimedOutWithRest) first.await()).rest();
			assertThat(socket.resume(clean)).isInstanceOf(SendResult.Refused.class);
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(socket.resume(torn)).isEqualTo(new SendResult.Sent());
			assertThat(socket.resume(clean)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + LARGE.length + 7, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(LARGE, SMALL);
		}
	}

	@Test
	void afterCloseTheRestCannotBeResumedAnyMore() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			RestData rest = connected.tearPacket(LARGE);
			connected.socket().close();
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Closed(rest.bytesOut()));
		}
	}

	private static void use(SendResult result) {
		throw new AssertionError("was not refused: " + result);
	}

}
