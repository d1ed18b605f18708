package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a sender knows when its peer takes no more: exactly what is out. */
@ParameterizedClass
@EnumSource(TestWire.class)
class SendTimeoutTests {

	private static final SocketOptions OPTIONS = SocketOptions.defaults()
		.backend(Backend.SOCKET)
		.packet(PacketType.FOUR)
		.sendTimeout(Duration.ofMillis(150));

	@Parameter
	TestWire wire;

	@Test
	void whatThePeerGetsAndTheRestAreThePacketToTheByte() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			byte[] payload = Payloads.random(Payloads.LARGE);
			RestData rest = connected.tearPacket(payload);
			assertThat(rest.packetSize()).isEqualTo(4 + payload.length);
			assertThat(rest.bytesOut() + rest.size()).isEqualTo(rest.packetSize());

			connected.peer().readAll();
			connected.peer().awaitReceived(rest.bytesOut(), Connected.PATIENCE);
			connected.socket().close();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);

			ByteBuffer whole = ByteBuffer.allocate(4 + payload.length);
			whole.put(connected.peer().received()).put(rest.bytes());
			ByteBuffer expected = ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload);
			assertThat(whole.array()).isEqualTo(expected.array());
		}
	}

	@Test
	void resumingTheRestCompletesThePacketForThePeer() {
		try (Connected connected = Connected.over(this.wire, OPTIONS, new Step.Stall())) {
			byte[] large = Payloads.random(Payloads.LARGE);
			RestData rest = connected.tearPacket(large);
			connected.peer().readAll();
			connected.sendTimeout(Connected.PATIENCE);
			assertThat(connected.socket().resume(rest)).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().send(new byte[] { 7 })).isEqualTo(new SendResult.Sent());

			connected.peer().awaitReceived(4 + large.length + 5, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(large, new byte[] { 7 });
		}
	}

	@Test
	void withoutATimeoutTheSenderWaitsUntilAllIsOut() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			byte[] payload = Payloads.random(5_000_000);
			CompletableFuture<SendResult> result = CompletableFuture.supplyAsync(() -> connected.socket().send(payload),
					Thread::startVirtualThread);
			connected.peer().read(1_000_000);
			assertThat(result).isNotDone();
			connected.peer().readAll();
			assertThat(result).succeedsWithin(Connected.PATIENCE).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + payload.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(payload);
		}
	}

	@Test
	void withATimeoutOfZeroItWritesWhatFitsAndReturnsTheRest() {
		try (Connected connected = Connected.over(this.wire, OPTIONS.sendTimeout(Duration.ZERO), new Step.Stall())) {
			assertThat(connected.socket().send(Payloads.random(100))).isEqualTo(new SendResult.Sent());
			RestData rest = connected.tearPacket(Payloads.random(Payloads.LARGE));
			assertThat(rest.size()).isPositive();
		}
	}

	@Test
	void waitingForAnotherSenderCountsAgainstTheTimeout() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			byte[] large = Payloads.random(Payloads.LARGE);
			PendingSend first = socket.beginSend(ByteBuffer.wrap(large));
			assertThat(first.isDone()).isFalse();
			connected.sendTimeout(Duration.ofMillis(50));

			SendResult second = socket.send(new byte[] { 1, 2, 3 });

			assertThat(second).isInstanceOfSatisfying(SendResult.TimedOutWithRest.class, (timedOut) -> {
				assertThat(timedOut.rest().nothingSent()).isTrue();
				assertThat(timedOut.rest().toByteArray()).containsExactly(0, 0, 0, 3, 1, 2, 3);
			});
			connected.peer().readAll();
			assertThat(first.await()).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + large.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(large);
		}
	}

	@Test
	void sendersAreServedFirstComeFirstServed() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			List<PendingSend> senders = new ArrayList<>();
			senders.add(connected.socket().beginSend(ByteBuffer.wrap(Payloads.random(Payloads.LARGE))));
			for (byte sender = 0; sender < 100; sender++) {
				senders.add(connected.socket().beginSend(ByteBuffer.wrap(new byte[] { sender })));
			}
			assertThat(senders).noneMatch(PendingSend::isDone);
			connected.peer().readAll();
			assertThat(senders.reversed())
				.allSatisfy((send) -> assertThat(send.await()).isEqualTo(new SendResult.Sent()));
			connected.peer().awaitReceived(4 + Payloads.LARGE + 100 * 5, Connected.PATIENCE);
			List<byte[]> packets = connected.peer().receivedPackets(4).packets();
			assertThat(packets.subList(1, 101)).extracting((packet) -> (int) packet[0])
				.containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
		}
	}

	@Test
	void withNothingOutTheConnectionIsAsItWas() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			TcpSocket socket = connected.socket();
			PendingSend first = socket.beginSend(ByteBuffer.wrap(Payloads.random(Payloads.LARGE)));
			PendingSend withdrawn = socket.beginSend(ByteBuffer.wrap(new byte[] { 1 }));
			assertThat(withdrawn.withdraw()).isTrue();
			RestData whole = ((SendResult.TimedOutWithRest) withdrawn.await()).rest();

			connected.peer().readAll();
			assertThat(first.await()).isEqualTo(new SendResult.Sent());
			assertThat(socket.send(new byte[] { 2 })).isEqualTo(new SendResult.Sent());
			assertThat(socket.resume(whole)).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(4 + Payloads.LARGE + 10, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).hasSize(3)
				.endsWith(new byte[] { 2 }, new byte[] { 1 });
		}
	}

	@Test
	void sendTimeoutCloseClosesTheConnectionAndSaysHowMuchIsOut() {
		try (Connected connected = Connected.over(this.wire, OPTIONS.sendTimeoutClose(true), new Step.Stall())) {
			SendResult result = connected.socket().send(Payloads.random(Payloads.LARGE));
			assertThat(result).isInstanceOf(SendResult.TimedOut.class);
			long bytesOut = ((SendResult.TimedOut) result).bytesOut();
			assertThat(bytesOut).isPositive();
			assertThat(connected.socket().isOpen()).isFalse();
			assertThat(connected.socket().send(new byte[1])).isEqualTo(new SendResult.Closed(0));

			connected.peer().readAll();
			connected.awaitCut();
			assertThat(connected.peer().receivedCount()).isBetween(bytesOut - 16 * 1024, bytesOut);
		}
	}

	@Test
	void ofARawStreamTheRestIsReturnedAndOtherBytesMayFollow() {
		SocketOptions raw = OPTIONS.packet(PacketType.RAW);
		try (Connected connected = Connected.over(this.wire, raw, new Step.Stall())) {
			byte[] bytes = Payloads.random(Payloads.LARGE);
			RestData rest = connected.tearPacket(bytes);
			assertThat(rest.packetSize()).isEqualTo(bytes.length);
			connected.peer().readAll();
			connected.peer().awaitReceived(rest.bytesOut(), Connected.PATIENCE);
			assertThat(connected.socket().send(new byte[] { 1, 2 })).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(rest.bytesOut() + 2, Connected.PATIENCE);
		}
	}

	@Test
	void ofARawStreamOtherBytesMayFollowOnceSendTimeoutCloseIsOff() {
		SocketOptions closing = OPTIONS.packet(PacketType.RAW).sendTimeoutClose(true);
		try (Connected connected = Connected.over(this.wire, closing, new Step.Stall())) {
			assertThat(connected.socket().setOptions((options) -> options.sendTimeoutClose(false)))
				.isEqualTo(new SetOptionsResult.Set());
			RestData rest = connected.tearPacket(Payloads.random(Payloads.LARGE));
			connected.peer().readAll();
			connected.peer().awaitReceived(rest.bytesOut(), Connected.PATIENCE);
			assertThat(connected.socket().send(new byte[] { 1, 2 })).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(rest.bytesOut() + 2, Connected.PATIENCE);
		}
	}

	@Test
	void aResetEndsASenderThatWaits() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			PendingSend waiting = connected.socket().beginSend(ByteBuffer.wrap(Payloads.random(Payloads.LARGE)));
			assertThat(waiting.isDone()).isFalse();
			connected.peer().reset();
			assertThat(waiting.await()).isInstanceOf(SendResult.Closed.class);
			assertThat(connected.socket().send(new byte[1])).isEqualTo(new SendResult.Closed(0));
		}
	}

	@Test
	void closingEndsASenderThatWaits() {
		SocketOptions patient = OPTIONS.sendTimeout(SocketOptions.INFINITY);
		try (Connected connected = Connected.over(this.wire, patient, new Step.Stall())) {
			PendingSend waiting = connected.socket().beginSend(ByteBuffer.wrap(Payloads.random(Payloads.LARGE)));
			PendingSend behind = connected.socket().beginSend(ByteBuffer.wrap(new byte[1]));
			connected.socket().close();
			assertThat(waiting.await()).isInstanceOfSatisfying(SendResult.Closed.class,
					(closed) -> assertThat(closed.bytesOut()).isPositive());
			assertThat(behind.await()).isEqualTo(new SendResult.Closed(0));
		}
	}

}
