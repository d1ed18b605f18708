package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** A peer that stalls again and again gets every packet once, whole and in order. */
class StallTests {

	private static final int SENDERS = 64;

	private static final int PACKETS = 40;

	@ParameterizedTest
	@EnumSource(names = { "RESUME", "MANUAL" })
	void everyPacketArrivesOnceAndInOrderOfItsSender(Recovery recovery) throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with(
				(settings) -> TestClient.sendTimeout(Duration.ofMillis(2)).apply(settings).recovery(recovery),
				Step.trickle(8_000, Duration.ofMillis(3)));
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> senders = new ArrayList<>();
			for (int sender = 0; sender < SENDERS; sender++) {
				int number = sender;
				senders.add(threads.submit(() -> sendAll(pair.client(), number)));
			}
			PeerConnection peer = pair.peer().accept(PATIENCE);
			for (Future<?> sender : senders) {
				sender.get(60, TimeUnit.SECONDS);
			}
			peer.readAll();
			pair.client().close();

			peer.awaitEndOfStream(PATIENCE);
			assertThatEachArrivedOnceAndInOrder(peer.receivedPackets(4).complete());
			EndpointCounters counters = pair.client().counters();
			assertThat(counters.packetsSent()).isEqualTo(SENDERS * PACKETS);
			assertThat(counters.partialPackets()).isPositive()
				.isEqualTo(counters.recoveries(RecoveryOutcome.COMPLETED)
						+ counters.recoveries(RecoveryOutcome.RESUMED_BY_CALLER));
		}
	}

	private static void sendAll(GenTcpTemplate client, int sender) {
		Random random = new Random(sender);
		for (int i = 0; i < PACKETS; i++) {
			byte[] packet = new byte[8 + random.nextInt(5_000)];
			random.nextBytes(packet);
			ByteBuffer.wrap(packet).putInt(sender).putInt(i);
			send(client, packet);
		}
	}

	/** Does what each exception says until the packet is out. */
	private static void send(GenTcpTemplate client, byte[] packet) {
		while (true) {
			try {
				client.send(packet);
				return;
			}
			catch (SendTimeoutException ex) {
				if (!ex.nothingSent()) {
					complete(client, ex);
					return;
				}
			}
			catch (PartialPacketException ex) {
				assertThat(ex.nothingSent()).isTrue();
				LockSupport.parkNanos(1_000_000);
			}
		}
	}

	private static void complete(GenTcpTemplate client, SendTimeoutException timeout) {
		SendTimeoutException last = timeout;
		while (last.hasRest()) {
			try {
				client.resume(last.rest());
				return;
			}
			catch (SendTimeoutException ex) {
				last = ex;
			}
		}
		last.recovery().join();
	}

	private static void assertThatEachArrivedOnceAndInOrder(List<byte[]> packets) {
		assertThat(packets).hasSize(SENDERS * PACKETS);
		int[] next = new int[SENDERS];
		for (byte[] packet : packets) {
			ByteBuffer head = ByteBuffer.wrap(packet);
			int sender = head.getInt();
			assertThat(head.getInt()).as("sender %d", sender).isEqualTo(next[sender]++);
		}
	}

}
