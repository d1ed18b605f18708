package io.gentcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.CountingWire;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Small packets of the inet backend that come together go out together, and soon. */
@Timeout(60)
class CorkTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR);

	private final AtomicInteger writes = new AtomicInteger();

	@Test
	void repliesToPacketsThatCameTogetherGoOutTogether() {
		AtomicInteger rounds = new AtomicInteger();
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			// Unless this thread stands still for longer than they may wait.
			await().untilAsserted(() -> {
				int before = this.writes.get();
				rounds.incrementAndGet();
				reply(connected, 4);
				assertThat(this.writes.get() - before).isEqualTo(1);
			});
			connected.peer().awaitReceived(4L * 5 * rounds.get(), Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).hasSize(4 * rounds.get());
		}
	}

	@Test
	void whatWaitsIsOutBeforeTheReceiverLooksForMore() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(new byte[] { 0, 0, 0, 1, 'a', 0 });
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(new RecvResult.TimedOut());
			assertThat(this.writes).hasValue(1);
			awaitReceived(connected, "a");
		}
	}

	@Test
	void repliesGoOutThoughTheReceiverDoesNotLookForMore() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets("a", "b"));
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			awaitReceived(connected, "a");
		}
	}

	@Test
	void whatAnActiveProcessSendsWithinOneRoundGoesOutTogether() {
		SocketOptions active = FOUR.active(ActiveMode.TRUE).controllingProcess((message) -> {
			if (message instanceof SocketMessage.Data(TcpSocket socket, Packet.Bytes(byte[] bytes))) {
				assertThat(socket.send(bytes)).isEqualTo(new SendResult.Sent());
			}
		});
		try (Connected connected = connected(EngineOptions.defaults(), active)) {
			connected.peer().send(packets("a", "b", "c", "d"));
			awaitReceived(connected, "a", "b", "c", "d");
			awaitWrites(1);
		}
	}

	@Test
	void withoutACorkEveryPacketIsACallOfItsOwn() {
		try (Connected connected = connected(EngineOptions.defaults().cork(false), FOUR)) {
			connected.peer().send(packets("a", "b", "c", "d"));
			for (int i = 0; i < 4; i++) {
				assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			}
			assertThat(this.writes).hasValue(4);
		}
	}

	@Test
	void aPacketThatComesAloneIsOutWhenSendReturns() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			assertThat(connected.socket().send(bytes("a"))).isEqualTo(new SendResult.Sent());
			assertThat(this.writes).hasValue(1);
			assertThat(connected.socket().info().pending().queued()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 1_000, 20_000 })
	void aFastStreamArrivesWholeAndInOrderWithFewCalls(int count) {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			for (int i = 0; i < count; i++) {
				SendResult result = connected.socket().send(ByteBuffer.allocate(4).putInt(i).flip());
				assertThat(result).isEqualTo(new SendResult.Sent());
			}
			connected.peer().awaitReceived(8L * count, Connected.PATIENCE);
			List<byte[]> packets = connected.peer().receivedPackets(4).packets();
			assertThat(packets).hasSize(count);
			for (int i = 0; i < count; i++) {
				assertThat(ByteBuffer.wrap(packets.get(i)).getInt()).isEqualTo(i);
			}
		}
	}

	@Test
	void whatWaitsIsOutBeforeTheConnectionCloses() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets("a", "b"));
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			connected.socket().close();
			awaitReceived(connected, "a");
		}
	}

	@Test
	void whatWaitsIsOutBeforeTheEndOfOurHalf() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets("a", "b"));
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			connected.socket().shutdown(Direction.WRITE);
			awaitReceived(connected, "a");
		}
	}

	@Test
	void whatWaitsIsOutAlthoughThePeerHasEnded() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets("a", "b"));
			connected.peer().halfClose();
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			assertThat(connected.socket().recv()).isEqualTo(new RecvResult.Closed());
			awaitReceived(connected, "a", "b");
		}
	}

	/** Counting against {@code max_pending} begins with what the kernel refuses. */
	@Test
	void whatWaitsForOthersRefusesNobody() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR.maxPending(12))) {
			connected.peer().send(packets("a", "b", "c", "d"));
			for (int i = 0; i < 4; i++) {
				assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
			}
			awaitReceived(connected, "a", "b", "c", "d");
		}
	}

	/** It waits for nobody, and nobody for it: the kernel has refused nothing yet. */
	@Test
	void thePacketThatReachesTheHighWatermarkGoesOutWithThoseThatWait() {
		byte[] packet = new byte[60];
		SocketOptions active = FOUR.highWatermark(100)
			.lowWatermark(50)
			.sendTimeout(Duration.ZERO)
			.active(ActiveMode.TRUE)
			.controllingProcess((message) -> {
				if (message instanceof SocketMessage.Data(TcpSocket socket, var request)) {
					assertThat(socket.send(packet)).isEqualTo(new SendResult.Sent());
				}
			});
		try (Connected connected = connected(EngineOptions.defaults(), active)) {
			connected.peer().send(packets("a", "b", "c", "d", "e"));
			connected.peer().awaitReceived(5 * 64, Connected.PATIENCE);
			assertThat(connected.peer().receivedPackets(4).packets()).hasSize(5).containsOnly(packet);
			awaitWrites(3);
		}
	}

	/** The peer sends packets at once, and gets each of them back. */
	private static void reply(Connected connected, int count) {
		connected.peer().send(packets(Collections.nCopies(count, "x").toArray(String[]::new)));
		for (int i = 0; i < count; i++) {
			assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
		}
	}

	/** The peer may have what a write brings it before that has returned. */
	private void awaitWrites(int count) {
		await().untilAsserted(() -> assertThat(this.writes).hasValue(count));
	}

	private Connected connected(EngineOptions engine, SocketOptions options) {
		return Connected.over(
				new GenTcp(new Engine(engine.pollers(1), (channel) -> new CountingWire(channel, this.writes))),
				options);
	}

	private static byte[] received(Connected connected) {
		RecvResult result = connected.socket().recv(Connected.PATIENCE);
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((Packet.Bytes) ((RecvResult.Received) result).packet()).array();
	}

	private static byte[] packets(String... payloads) {
		ByteBuffer packets = ByteBuffer.allocate(1_000);
		for (String payload : payloads) {
			packets.putInt(payload.length()).put(bytes(payload));
		}
		byte[] result = new byte[packets.position()];
		packets.flip().get(result);
		return result;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void awaitReceived(Connected connected, String... payloads) {
		await().untilAsserted(() -> assertThat(connected.peer().received()).isEqualTo(packets(payloads)));
	}

}
