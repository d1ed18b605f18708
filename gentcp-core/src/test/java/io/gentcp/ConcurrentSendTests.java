package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many senders on one connection whose peer stalls at random. */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Timeout(120)
class ConcurrentSendTests {

	private static final int SENDERS = 64;

	private static final int PACKETS_OF_A_SENDER = 157;

	@Parameter
	TestBackend backend;

	@Test
	void everyPacketArrivesOnceAndInTheOrderOfItsSender() throws Exception {
		SocketOptions options = SocketOptions.defaults()
			.packet(PacketType.FOUR)
			.partialPackets(PartialPackets.WAIT)
			.sendTimeout(Duration.ofMillis(5));
		try (Connected connected = Connected.over(this.backend, options, new Step.Stall());
				ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
			Tally tally = new Tally();
			List<Future<?>> sending = new ArrayList<>();
			for (int sender = 0; sender < SENDERS; sender++) {
				int number = sender;
				sending.add(senders.submit(() -> send(connected.socket(), number, tally)));
			}
			stallAtRandom(connected.peer(), sending, tally);
			connected.peer().readAll();
			for (Future<?> sender : sending) {
				sender.get(60, TimeUnit.SECONDS);
			}
			connected.peer().awaitReceived(tally.bytes.get(), Connected.PATIENCE);
			assertThat(connected.peer().receivedCount()).isEqualTo(tally.bytes.get());
			assertEachOnceAndInOrder(connected.peer().receivedPackets(4).packets());
			if (this.backend.queues()) {
				assertThat(tally.queued).as("packets that stayed queued").hasPositiveValue();
			}
			else {
				assertThat(tally.partial).as("packets that were cut and resumed").hasPositiveValue();
				assertThat(tally.withdrawn).as("packets that were taken back").hasPositiveValue();
			}
		}
	}

	private static void send(TcpSocket socket, int sender, Tally tally) {
		Random random = new Random(sender);
		for (int sequence = 0; sequence < PACKETS_OF_A_SENDER; sequence++) {
			byte[] packet = packet(sender, sequence, random);
			ByteBuffer middle = inTheMiddle(packet);
			SendResult result = (sender % 2 == 0) ? socket.send(packet) : socket.send(middle);
			while (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
				(rest.nothingSent() ? tally.withdrawn : tally.partial).incrementAndGet();
				result = rest.nothingSent() ? socket.send(packet) : socket.resume(rest);
			}
			if (result instanceof SendResult.TimedOutQueued) {
				tally.queued.incrementAndGet();
			}
			else {
				assertThat(result).isEqualTo(new SendResult.Sent());
			}
			tally.bytes.addAndGet(4 + packet.length);
		}
	}

	private static ByteBuffer inTheMiddle(byte[] packet) {
		byte[] array = new byte[packet.length + 10];
		System.arraycopy(packet, 0, array, 7, packet.length);
		return ByteBuffer.wrap(array, 5, packet.length + 5).slice().position(2).limit(packet.length + 2);
	}

	private static byte[] packet(int sender, int sequence, Random random) {
		int size = random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
		byte[] body = new byte[size];
		random.nextBytes(body);
		return ByteBuffer.allocate(16 + size).putInt(sender).putInt(sequence).putLong(checksum(body)).put(body).array();
	}

	private static long checksum(byte[] body) {
		CRC32 checksum = new CRC32();
		checksum.update(body);
		return checksum.getValue();
	}

	/** Lets some bytes through, then stalls until some sender has given up, and so on. */
	private static void stallAtRandom(PeerConnection peer, List<Future<?>> sending, Tally tally) {
		Random random = new Random(1);
		while (!allDone(sending)) {
			long wanted = peer.receivedCount() + 1 + random.nextInt(400_000);
			peer.trickle(1 + random.nextInt(60_000), Duration.ofNanos(random.nextInt(1_000_000)));
			await().pollInterval(Duration.ofMillis(1)).until(() -> peer.receivedCount() >= wanted || allDone(sending));
			peer.stall();
			int timeouts = tally.timeouts();
			await().pollInterval(Duration.ofMillis(1)).until(() -> tally.timeouts() > timeouts || allDone(sending));
		}
	}

	private static boolean allDone(List<Future<?>> sending) {
		return sending.stream().allMatch(Future::isDone);
	}

	private static void assertEachOnceAndInOrder(List<byte[]> packets) {
		assertThat(packets).hasSize(SENDERS * PACKETS_OF_A_SENDER);
		int[] next = new int[SENDERS];
		for (byte[] packet : packets) {
			ByteBuffer buffer = ByteBuffer.wrap(packet);
			int sender = buffer.getInt();
			assertThat(buffer.getInt()).as("packet of sender %d", sender).isEqualTo(next[sender]++);
			long checksum = buffer.getLong();
			byte[] body = new byte[buffer.remaining()];
			buffer.get(body);
			assertThat(checksum(body)).isEqualTo(checksum);
		}
	}

	private static final class Tally {

		final AtomicLong bytes = new AtomicLong();

		final AtomicInteger partial = new AtomicInteger();

		final AtomicInteger withdrawn = new AtomicInteger();

		final AtomicInteger queued = new AtomicInteger();

		int timeouts() {
			return this.partial.get() + this.withdrawn.get() + this.queued.get();
		}

	}

}
