package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The inet backend: what the peer does not take is queued, and only a full queue waits.
 */
@ParameterizedClass
@EnumSource(value = TestBackend.class, names = "INET.*", mode = EnumSource.Mode.MATCH_ANY)
@Timeout(60)
class InetSendTests {

	private static final SendResult SENT = new SendResult.Sent();

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	private static final SocketOptions HASTY = FOUR.sendTimeout(Duration.ofMillis(100));

	private static final int HIGH = 100_000;

	private static final int LOW = 50_000;

	@Parameter
	TestBackend backend;

	@Test
	void theFirstPacketThatOverflowsIsQueuedHoweverLargeItIs() {
		try (Connected connected = Connected.over(this.backend, HASTY, Step.stall())) {
			byte[] large = Payloads.random(4 * 1024 * 1024);
			assertThat(connected.socket().send(large)).isEqualTo(SENT);
			connected.peer().readAll();
			connected.peer().awaitReceived(4 + large.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(large);
		}
	}

	@Test
	void onReturnTheArrayIsTheCallersAgain() {
		try (Connected connected = Connected.over(this.backend, HASTY, Step.stall())) {
			byte[] large = Payloads.random(Payloads.LARGE);
			byte[] second = Payloads.random(20_000);
			byte[] sentLarge = large.clone();
			byte[] sentSecond = second.clone();
			assertThat(connected.socket().send(sentLarge)).isEqualTo(SENT);
			assertThat(connected.socket().send(sentSecond)).isInstanceOf(SendResult.TimedOutQueued.class);
			Arrays.fill(sentLarge, (byte) 0);
			Arrays.fill(sentSecond, (byte) 0);
			connected.peer().readAll();
			connected.peer().awaitReceived(4 + large.length + 4 + second.length, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(large, second);
		}
	}

	@Test
	void aSendThatWasBegunTellsHowMuchIsOut() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			PendingSend large = connected.socket().beginSend(ByteBuffer.wrap(Payloads.random(Payloads.LARGE)));
			PendingSend behind = connected.socket().beginSend(ByteBuffer.wrap("hello".getBytes()));
			assertThat(large.bytesOut()).isLessThan(large.packetSize());
			assertThat(behind.bytesOut()).isZero();

			connected.peer().readAll();

			await().until(() -> large.bytesOut() == 4 + Payloads.LARGE && behind.bytesOut() == 9);
		}
	}

	@Test
	void aPacketThatTimedOutIsQueuedAndArrivesOnce() {
		try (Connected connected = Connected.over(this.backend, HASTY, Step.stall())) {
			byte[] large = Payloads.random(Payloads.LARGE);
			assertThat(connected.socket().send(large)).isEqualTo(SENT);
			QueuedPacket hello = timedOut(connected.socket().send("hello".getBytes()));
			QueuedPacket world = timedOut(connected.socket().send("world".getBytes()));
			assertThat(hello.packetSize()).isEqualTo(9);
			assertThat(hello.bytesOut()).isZero();
			CompletableFuture<SendResult.Ended> out = world.whenOut();
			CompletableFuture<SendResult.Ended> again = world.whenOut();
			assertThat(out).isNotDone();
			assertThat(world).hasToString("QueuedPacket[0 of 9 bytes out]");

			connected.peer().readAll();
			assertThat(out).succeedsWithin(Connected.PATIENCE).isEqualTo(SENT);
			assertThat(again).succeedsWithin(Connected.PATIENCE).isEqualTo(SENT);
			assertThat(hello.whenOut()).succeedsWithin(Connected.PATIENCE).isEqualTo(SENT);
			assertThat(world.bytesOut()).isEqualTo(9);
			assertThat(connected.socket().send("last".getBytes())).isEqualTo(SENT);
			connected.peer().awaitReceived(4 + large.length + 9 + 9 + 8, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(large, "hello".getBytes(),
					"world".getBytes(), "last".getBytes());
		}
	}

	@Test
	void withATimeoutOfZeroNothingWaits() {
		SocketOptions options = FOUR.sendTimeout(Duration.ZERO);
		try (Connected connected = Connected.over(this.backend, options, Step.stall())) {
			assertThat(connected.socket().send(new byte[1])).isEqualTo(SENT);
			assertThat(connected.socket().send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			assertThat(connected.socket().send(new byte[2])).isInstanceOf(SendResult.TimedOutQueued.class);
			connected.peer().readAll();
			connected.peer().awaitReceived(5 + 4 + Payloads.LARGE + 6, Connected.PATIENCE);
		}
	}

	@Test
	void theLowWatermarkReleasesEverySenderThatWaits() {
		SocketOptions options = FOUR.highWatermark(HIGH).lowWatermark(LOW);
		try (Connected connected = Connected.over(this.backend, options, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			WaitingCall<SendResult> second = WaitingCall.of(() -> socket.send(new byte[30_000])).parked();
			WaitingCall<SendResult> third = WaitingCall.of(() -> socket.send(new byte[10_000])).parked();
			connected.peer().read(Payloads.LARGE / 4);
			assertThat(second.future()).isNotDone();
			assertThat(third.future()).isNotDone();
			connected.peer().readAll();
			assertThat(second.result()).isEqualTo(SENT);
			assertThat(third.result()).isEqualTo(SENT);
		}
	}

	@Test
	void sendersAreQueuedFirstComeFirstServed() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			TcpSocket socket = connected.socket();
			List<PendingSend> senders = new ArrayList<>();
			senders.add(socket.beginSend(ByteBuffer.wrap(new byte[Payloads.LARGE])));
			for (byte sender = 0; sender < 100; sender++) {
				senders.add(socket.beginSend(ByteBuffer.wrap(new byte[] { sender })));
			}
			assertThat(senders.removeFirst().isDone()).isTrue();
			assertThat(senders).noneMatch(PendingSend::isDone);
			connected.peer().readAll();
			assertThat(senders.reversed()).allSatisfy((send) -> assertThat(send.await()).isEqualTo(SENT));
			connected.peer().awaitReceived(4 + Payloads.LARGE + 100 * 5, Connected.PATIENCE);
			List<byte[]> packets = connected.peer().receivedPackets(4).packets();
			assertThat(packets.subList(1, 101)).extracting((packet) -> (int) packet[0])
				.containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
		}
	}

	@Test
	void aPacketThatWouldTakeTheQueueOverItsBoundIsRefusedWhole() {
		SocketOptions options = HASTY.maxPending(Payloads.LARGE + 4L);
		try (Connected connected = Connected.over(this.backend, options, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE + 1]))
				.isEqualTo(new SendResult.QueueFull(0, Payloads.LARGE + 4));
			assertThat(socket.send(Payloads.random(Payloads.LARGE))).isEqualTo(SENT);
			PendingSend refused = socket.beginSend(ByteBuffer.wrap(new byte[Payloads.LARGE - 4]));
			assertThat(refused.isDone()).isTrue();
			assertThat(refused.nothingSent()).isTrue();
			assertThat(refused.await())
				.isInstanceOfSatisfying(SendResult.QueueFull.class,
						(full) -> assertThat(full.pending()).isPositive().isLessThan(Payloads.LARGE))
				.asString()
				.contains("max_pending, 600004");
			connected.peer().readAll();
			await().atMost(Connected.PATIENCE)
				.untilAsserted(() -> assertThat(socket.send(new byte[] { 9 })).isEqualTo(SENT));
			connected.peer().awaitReceived(Payloads.LARGE + 4 + 5, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).containsExactly(Payloads.random(Payloads.LARGE),
					new byte[] { 9 });
		}
	}

	@Test
	void aPacketThatWaitsForRoomCanBeWithdrawn() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			PendingSend withdrawn = socket.beginSend(ByteBuffer.wrap(new byte[] { 1 }));
			PendingSend kept = socket.beginSend(ByteBuffer.wrap(new byte[] { 2 }));
			assertThat(withdrawn.withdraw()).isTrue();
			assertThat(withdrawn.nothingSent()).isTrue();
			RestData whole = ((SendResult.TimedOutWithRest) withdrawn.await()).rest();
			connected.peer().readAll();
			assertThat(kept.await()).isEqualTo(SENT);
			assertThat(socket.resume(whole)).isEqualTo(SENT);
			connected.peer().awaitReceived(4 + Payloads.LARGE + 10, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).endsWith(new byte[] { 2 }, new byte[] { 1 });
		}
	}

	@Test
	void anInterruptEndsTheWaitAndThePacketStaysQueued() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			assertThat(connected.socket().send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			WaitingCall<SendResult> second = WaitingCall.of(() -> connected.socket().send(new byte[] { 5 })).parked();
			second.interrupt();
			assertThat(second.result()).isInstanceOf(SendResult.TimedOutQueued.class);
			assertThat(second.leftTheInterruptFlagSet()).isTrue();
			connected.peer().readAll();
			connected.peer().awaitReceived(4 + Payloads.LARGE + 5, Connected.PATIENCE);
		}
	}

	@Test
	void anInterruptDoesNotCloseWhereATimeoutWould() {
		SocketOptions options = FOUR.sendTimeout(Connected.PATIENCE).sendTimeoutClose(true);
		try (Connected connected = Connected.over(this.backend, options, Step.stall())) {
			assertThat(connected.socket().send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			WaitingCall<SendResult> second = WaitingCall.of(() -> connected.socket().send(new byte[] { 5 })).parked();
			second.interrupt();
			assertThat(second.result()).isInstanceOf(SendResult.TimedOutQueued.class);
			assertThat(connected.socket().isOpen()).isTrue();
			connected.peer().readAll();
			connected.peer().awaitReceived(4 + Payloads.LARGE + 5, Connected.PATIENCE);
		}
	}

	@Test
	void sendTimeoutCloseForgetsTheQueueAndClosesTheConnection() {
		SocketOptions options = HASTY.sendTimeoutClose(true);
		try (Connected connected = Connected.over(this.backend, options, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			assertThat(socket.send(new byte[1])).isEqualTo(new SendResult.TimedOut(0));
			assertThat(socket.isOpen()).isFalse();
			assertThat(socket.send(new byte[1])).isEqualTo(new SendResult.Closed(0));
			assertThat(socket.recv()).isEqualTo(new RecvResult.Closed());
			connected.peer().readAll();
			connected.awaitCut();
			assertThat(connected.peer().receivedCount()).isLessThan(Payloads.LARGE);
		}
	}

	@Test
	void theNextCallReportsThatThePeerIsGone() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			WaitingCall<SendResult> waiting = WaitingCall.of(() -> socket.send(new byte[] { 5 })).parked();
			connected.peer().reset();
			assertThat(waiting.result()).isEqualTo(new SendResult.Closed(0));
			assertThat(socket.send(new byte[1])).isEqualTo(new SendResult.Closed(0));
			assertThat(socket.recv()).isEqualTo(new RecvResult.Closed());
		}
	}

	@Test
	void aQueuedPacketIsToldThatThePeerIsGone() {
		try (Connected connected = Connected.over(this.backend, HASTY, Step.stall())) {
			assertThat(connected.socket().send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			QueuedPacket queued = timedOut(connected.socket().send(new byte[] { 5 }));
			CompletableFuture<SendResult.Ended> out = queued.whenOut();
			connected.peer().reset();
			assertThat(out).succeedsWithin(Connected.PATIENCE).isEqualTo(new SendResult.Closed(0));
			assertThat(queued.whenOut()).succeedsWithin(Connected.PATIENCE).isEqualTo(new SendResult.Closed(0));
		}
	}

	@Test
	void watermarksOfALiveSocketMayChange() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			WaitingCall<SendResult> waiting = WaitingCall.of(() -> socket.send(new byte[] { 5 })).parked();
			set(socket, 10_000_000, 5_000_000);
			assertThat(waiting.result()).isEqualTo(SENT);
			assertThat(socket.send(new byte[100_000])).isEqualTo(SENT);
		}
	}

	@Test
	void aFutureOfAPacketMayWait() {
		try (Connected connected = Connected.over(this.backend, HASTY, Step.stall())) {
			TcpSocket socket = connected.socket();
			assertThat(socket.send(new byte[Payloads.LARGE])).isEqualTo(SENT);
			CompletableFuture<RecvResult> reply = timedOut(socket.send(new byte[] { 5 })).whenOut()
				.thenApply((result) -> socket.recv());
			connected.peer().readAll();
			connected.peer().awaitReceived(4 + Payloads.LARGE + 5, Connected.PATIENCE);
			assertThat(socket.send(new byte[] { 6 })).isEqualTo(SENT);
			connected.peer().awaitReceived(4 + Payloads.LARGE + 10, Connected.PATIENCE);
			connected.peer().send(new byte[] { 0, 0, 0, 0 });
			assertThat(reply).succeedsWithin(Connected.PATIENCE).isInstanceOf(RecvResult.Received.class);
		}
	}

	private static void set(TcpSocket socket, int high, int low) {
		assertThat(socket.setOptions((options) -> options.highWatermark(high).lowWatermark(low)))
			.isEqualTo(new SetOptionsResult.Set());
	}

	private static QueuedPacket timedOut(SendResult result) {
		assertThat(result).isInstanceOf(SendResult.TimedOutQueued.class);
		return ((SendResult.TimedOutQueued) result).packet();
	}

}
