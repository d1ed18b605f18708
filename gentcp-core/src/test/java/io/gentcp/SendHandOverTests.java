package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every hand-over of the send side, perturbed at random: becoming the writer, the poller
 * taking over, deadlines of zero, withdrawing, interrupts and resuming, on threads of
 * both kinds. Each packet must arrive exactly if its sender was told so.
 */
@ParameterizedClass
@EnumSource(TestBackend.class)
@Tag("exhaustive")
@Timeout(300)
class SendHandOverTests {

	private static final int SENDERS = 8;

	private static final int ROUNDS_OF_A_SENDER = 12_500;

	@Parameter
	TestBackend backend;

	@Test
	void aPacketArrivesIfAndOnlyIfItsSenderWasToldSo() throws Exception {
		SocketOptions options = this.backend.of(SocketOptions.defaults())
			.packet(PacketType.TWO)
			.maxPending(10_000)
			.partialPackets(PartialPackets.WAIT)
			.sndbuf(8 * 1024)
			.recbuf(8 * 1024);
		try (GenTcp genTcp = this.backend.open(); ListenSocket listen = Connected.listen(genTcp, options)) {
			SocketPair pair = SocketPair.over(genTcp, listen, options);
			TcpSocket sending = pair.client();
			TcpSocket receiving = pair.server();
			BitSet[] told = new BitSet[SENDERS];
			List<Thread> senders = new ArrayList<>();
			AtomicLong failures = new AtomicLong();
			for (int sender = 0; sender < SENDERS; sender++) {
				int number = sender;
				BitSet sent = new BitSet();
				told[sender] = sent;
				Thread.Builder builder = (sender % 2 == 0) ? Thread.ofVirtual() : Thread.ofPlatform();
				senders.add(builder.unstarted(() -> send(sending, number, sent)));
				senders.getLast().setUncaughtExceptionHandler((thread, failure) -> failures.incrementAndGet());
			}
			AtomicBoolean done = new AtomicBoolean();
			Thread disturber = Thread.ofPlatform().start(() -> disturb(senders, done));
			BitSet[] received = new BitSet[SENDERS];
			Thread receiver = Thread.ofVirtual().start(() -> receive(receiving, received));
			for (Thread sender : senders) {
				sender.start();
			}
			for (Thread sender : senders) {
				sender.join();
			}
			done.set(true);
			disturber.join();
			sending.shutdown(Direction.WRITE);
			receiver.join();
			assertThat(failures).hasValue(0);
			assertThat(received).containsExactly(told);
			assertThat(Arrays.stream(received).mapToInt(BitSet::cardinality).sum())
				.isGreaterThan(SENDERS * ROUNDS_OF_A_SENDER / 20);
		}
	}

	private static void send(TcpSocket socket, int sender, BitSet sent) {
		Random random = new Random(sender);
		byte[] packet = new byte[8 + 1_500];
		for (int round = 0; round < ROUNDS_OF_A_SENDER; round++) {
			ByteBuffer payload = ByteBuffer.wrap(packet, 0, 8 + random.nextInt(1_500));
			payload.putInt(0, sender).putInt(4, round);
			PendingSend pending = socket.beginSend(payload);
			if (random.nextInt(4) == 0) {
				assertThat(pending.withdraw()).isIn(pending.isDone(), false);
			}
			if (told(socket, settle(pending, random))) {
				sent.set(round);
			}
			// Interrupts that came too late are not for the next round.
			Thread.interrupted();
		}
	}

	/** Awaits, and gives up at once now and then by interrupting itself. */
	private static SendResult settle(PendingSend pending, Random random) {
		if (random.nextInt(8) == 0) {
			Thread.currentThread().interrupt();
		}
		return pending.await();
	}

	private static boolean told(TcpSocket socket, SendResult first) {
		SendResult result = first;
		while (result instanceof SendResult.TimedOutWithRest(RestData rest) && !rest.nothingSent()) {
			Thread.interrupted();
			result = socket.resume(rest);
		}
		return switch (result) {
			case SendResult.Sent() -> true;
			case SendResult.TimedOutQueued queued -> true;
			case SendResult.TimedOutWithRest timedOut -> false;
			case SendResult.QueueFull full -> {
				// Otherwise most rounds would end here.
				LockSupport.parkNanos(50_000);
				yield false;
			}
			case SendResult.TimedOut timedOut -> throw new AssertionError(timedOut);
			case SendResult.Refused refused -> throw new AssertionError(refused);
			case SendResult.Closed closed -> throw new AssertionError(closed);
			case SendResult.Failed failed -> throw new AssertionError(failed);
		};
	}

	/** Interrupts senders at random moments. */
	private static void disturb(List<Thread> senders, AtomicBoolean done) {
		Random random = new Random(99);
		while (!done.get()) {
			senders.get(random.nextInt(senders.size())).interrupt();
			LockSupport.parkNanos(random.nextInt(200_000));
		}
	}

	private static void receive(TcpSocket socket, BitSet[] received) {
		Random random = new Random(7);
		for (int sender = 0; sender < SENDERS; sender++) {
			received[sender] = new BitSet();
		}
		int[] last = new int[SENDERS];
		while (socket.recv(Duration.ofSeconds(60)) instanceof RecvResult.Received(Packet.Bytes(byte[] packet))) {
			ByteBuffer buffer = ByteBuffer.wrap(packet);
			int sender = buffer.getInt();
			int round = buffer.getInt();
			assertThat(round).isGreaterThanOrEqualTo(last[sender]);
			assertThat(received[sender].get(round)).isFalse();
			last[sender] = round;
			received[sender].set(round);
			if (random.nextInt(64) == 0) {
				LockSupport.parkNanos(random.nextInt(300_000));
			}
		}
	}

}
