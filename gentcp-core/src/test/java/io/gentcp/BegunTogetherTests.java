package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import io.gentcp.transport.CountingWire;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * On the socket backend, what a thread begins to send while it has bytes of a further
 * packet at hand goes out together, and soon; with exact results as ever.
 */
@Timeout(120)
class BegunTogetherTests {

	private static final SocketOptions FOUR = SocketOptions.defaults().backend(Backend.SOCKET).packet(PacketType.FOUR);

	private static final int PACKETS = 6_000;

	private static final int BATCH = 50;

	private final AtomicInteger writes = new AtomicInteger();

	@Test
	void whatAnActiveProcessBeginsWithinOneRoundGoesOutTogether() {
		List<PendingSend> begun = new ArrayList<>();
		SocketOptions active = FOUR.active(ActiveMode.TRUE).controllingProcess((message) -> {
			if (message instanceof SocketMessage.Data data) {
				begun.add(begin(data));
			}
		});
		try (Connected connected = connected(EngineOptions.defaults(), active)) {
			connected.peer().send(packets(4));
			connected.peer().awaitReceived(20, Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(packets(4));
			awaitWrites(1);
			await().untilAsserted(() -> assertThat(begun).hasSize(4).allMatch(PendingSend::isDone));
			assertThat(begun).allSatisfy((send) -> assertThat(send.await()).isEqualTo(new SendResult.Sent()));
		}
	}

	@Test
	void itIsOutBeforeTheReceiverLooksForMore() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(2));
			PendingSend first = begin(connected);
			PendingSend second = begin(connected);
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(new RecvResult.TimedOut());
			assertThat(first.isDone()).isTrue();
			assertThat(second.isDone()).isTrue();
			connected.peer().awaitReceived(10, Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(packets(2));
		}
	}

	@Test
	void whoWaitsForOneBringsAllOut() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(3));
			PendingSend first = begin(connected);
			PendingSend second = begin(connected);
			assertThat(first.await()).isEqualTo(new SendResult.Sent());
			assertThat(second.isDone()).isTrue();
		}
	}

	@Test
	void flushBringsThemOut() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(2));
			PendingSend first = begin(connected);
			connected.socket().flush();
			assertThat(first.isDone()).isTrue();
		}
	}

	@Test
	void aSendThatWaitsTakesThemAlong() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(2));
			PendingSend first = begin(connected);
			assertThat(connected.socket().send(new byte[] { 1 })).isEqualTo(new SendResult.Sent());
			assertThat(first.isDone()).isTrue();
			connected.peer().awaitReceived(10, Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(packets(2));
		}
	}

	@Test
	void theyGoOutThoughNobodyLooksForMore() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(2));
			PendingSend first = begin(connected);
			await().until(first::isDone);
			connected.peer().awaitReceived(5, Connected.PATIENCE);
		}
	}

	@Test
	void theyGoOutBeforeTheConnectionCloses() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(2));
			PendingSend first = begin(connected);
			PendingSend second = begin(connected);
			connected.socket().close();
			assertThat(first.await()).isEqualTo(new SendResult.Sent());
			assertThat(second.await()).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(10, Connected.PATIENCE);
		}
	}

	@Test
	void theyGoOutBeforeTheEndOfOurHalf() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			connected.peer().send(packets(2));
			PendingSend first = begin(connected);
			connected.socket().shutdown(Direction.WRITE);
			assertThat(first.await()).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(5, Connected.PATIENCE);
		}
	}

	/** Unless this thread stands still for longer than it may wait. */
	@Test
	void oneThatWaitsForOthersCanBeTakenBack() {
		try (Connected connected = connected(EngineOptions.defaults(), FOUR)) {
			await().untilAsserted(() -> {
				connected.peer().send(packets(2));
				PendingSend first = begin(connected);
				boolean withdrawn = first.withdraw();
				assertThat(connected.socket().send(received(connected))).isEqualTo(new SendResult.Sent());
				assertThat(withdrawn).isTrue();
				assertThat(first.nothingSent()).isTrue();
			});
		}
	}

	@Test
	void withoutACorkEachIsOutAtOnce() {
		try (Connected connected = connected(EngineOptions.defaults().cork(false), FOUR)) {
			connected.peer().send(packets(2));
			assertThat(begin(connected).isDone()).isTrue();
			assertThat(this.writes).hasValue(1);
			assertThat(begin(connected).isDone()).isTrue();
			assertThat(this.writes).hasValue(2);
		}
	}

	/**
	 * Echoes begin on the poller; other threads wait for each, and recover it while the
	 * peer stalls at random.
	 */
	@ParameterizedTest
	@EnumSource
	void nothingIsLostOrSentTwiceWhenTheyTimeOut(TestWire wire) throws Exception {
		LinkedBlockingQueue<Begun> begun = new LinkedBlockingQueue<>();
		SocketOptions active = FOUR.partialPackets(PartialPackets.WAIT)
			.sendTimeout(Duration.ofMillis(5))
			.active(ActiveMode.TRUE)
			.controllingProcess((message) -> {
				if (message instanceof SocketMessage.Data data) {
					begun.add(new Begun(bytes(data.packet()), begin(data)));
				}
			});
		try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
				Connected connected = Connected.over(wire, active, new Step.Stall())) {
			Recovery recovery = new Recovery(connected.socket(), begun);
			List<Future<?>> recovering = Stream.<Future<?>>generate(() -> others.submit(recovery::run))
				.limit(4)
				.toList();
			Random random = new Random(1);
			int count = 0;
			long size = 0;
			while (count < wire.rounds(PACKETS) || !recovery.hasTriedEverything()) {
				size += sendRequests(connected.peer(), count, count + BATCH);
				count += BATCH;
				letSomeThrough(connected.peer(), random.nextInt(20_000), recovery);
			}
			connected.peer().readAll();
			connected.peer().awaitReceived(size, Connected.PATIENCE);
			recovery.noMore();
			for (Future<?> thread : recovering) {
				thread.get(20, TimeUnit.SECONDS);
			}
			assertThat(connected.peer().receivedCount()).isEqualTo(size);
			assertEachOnce(connected.peer().receivedPackets(4).packets(), count);
		}
	}

	/** Then stalls until one has timed out, unless nothing can. */
	private static void letSomeThrough(PeerConnection peer, int bytes, Recovery recovery) {
		int timeouts = recovery.timeouts();
		await().pollInterval(Duration.ofMillis(1)).until(() -> recovery.timeouts() > timeouts || recovery.isIdle());
		long wanted = peer.receivedCount() + bytes;
		peer.trickle(1 + bytes / 3, Duration.ofNanos(100_000));
		await().pollInterval(Duration.ofMillis(1)).until(() -> peer.receivedCount() >= wanted || recovery.isIdle());
		peer.stall();
	}

	/** Returns how many bytes they have. */
	private static long sendRequests(PeerConnection peer, int from, int to) {
		ByteBuffer batch = ByteBuffer.allocate(BATCH * 5_000);
		for (int number = from; number < to; number++) {
			byte[] packet = packet(number);
			batch.putInt(packet.length).put(packet);
		}
		byte[] bytes = new byte[batch.flip().remaining()];
		batch.get(bytes);
		peer.send(bytes);
		return bytes.length;
	}

	private static byte[] packet(int number) {
		Random random = new Random(number);
		byte[] packet = new byte[Integer.BYTES + random.nextInt((number % 10 == 0) ? 4_000 : 200)];
		random.nextBytes(packet);
		return ByteBuffer.wrap(packet).putInt(number).array();
	}

	private static void assertEachOnce(List<byte[]> packets, int count) {
		assertThat(packets).hasSize(count);
		Set<Integer> numbers = new HashSet<>();
		for (byte[] packet : packets) {
			int number = ByteBuffer.wrap(packet).getInt();
			assertThat(packet).isEqualTo(packet(number));
			assertThat(numbers.add(number)).as("packet %d for the first time", number).isTrue();
		}
	}

	/** The peer may have what a write brings it before that has returned. */
	private void awaitWrites(int count) {
		await().untilAsserted(() -> assertThat(this.writes).hasValue(count));
	}

	private Connected connected(EngineOptions engine, SocketOptions options) {
		return Connected.over(
				new GenTcp(new Engine(engine.pollers(1), (channel) -> new CountingWire(channel, this.writes))), options,
				new Step.ReadAll());
	}

	private static PendingSend begin(SocketMessage.Data data) {
		return data.socket().beginSend(ByteBuffer.wrap(bytes(data.packet())));
	}

	/** Receives a packet, and begins to send it back. */
	private static PendingSend begin(Connected connected) {
		return connected.socket().beginSend(ByteBuffer.wrap(received(connected)));
	}

	private static byte[] received(Connected connected) {
		RecvResult result = connected.socket().recv(Connected.PATIENCE);
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return bytes(((RecvResult.Received) result).packet());
	}

	private static byte[] bytes(Packet packet) {
		return ((Packet.Bytes) packet).array();
	}

	/** Returns so many packets of one byte. */
	private static byte[] packets(int count) {
		ByteBuffer packets = ByteBuffer.allocate(5 * count);
		for (int i = 0; i < count; i++) {
			packets.putInt(1).put((byte) 1);
		}
		return packets.array();
	}

	private record Begun(byte[] packet, PendingSend send) {
	}

	/** Waits for those that have begun, on several threads. */
	private static final class Recovery {

		private final TcpSocket socket;

		private final LinkedBlockingQueue<Begun> begun;

		/** Packets that somebody waits for. */
		private final AtomicInteger awaited = new AtomicInteger();

		private final AtomicInteger partial = new AtomicInteger();

		private final AtomicInteger withdrawn = new AtomicInteger();

		private volatile boolean noMore;

		Recovery(TcpSocket socket, LinkedBlockingQueue<Begun> begun) {
			this.socket = socket;
			this.begun = begun;
		}

		Void run() throws InterruptedException {
			while (!this.noMore) {
				Begun next = this.begun.poll(10, TimeUnit.MILLISECONDS);
				if (next != null) {
					this.awaited.incrementAndGet();
					assertThat(recover(next)).isEqualTo(new SendResult.Sent());
					this.awaited.decrementAndGet();
				}
			}
			return null;
		}

		private SendResult recover(Begun next) {
			SendResult result = next.send().await();
			while (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
				if (rest.nothingSent()) {
					this.withdrawn.incrementAndGet();
					result = this.socket.send(next.packet());
				}
				else {
					this.partial.incrementAndGet();
					result = this.socket.resume(rest);
				}
			}
			return result;
		}

		/** Everything has arrived. */
		void noMore() {
			this.noMore = true;
		}

		/** Whether nothing can time out now. */
		boolean isIdle() {
			return this.begun.isEmpty() && this.awaited.get() == 0;
		}

		/** Whether packets were cut, and others were taken back. */
		boolean hasTriedEverything() {
			return this.partial.get() > 0 && this.withdrawn.get() > 0;
		}

		int timeouts() {
			return this.partial.get() + this.withdrawn.get();
		}

	}

}
