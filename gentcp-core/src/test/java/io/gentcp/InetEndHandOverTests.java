package io.gentcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inet backend, ended at a random moment while senders, their deadlines, withdrawing
 * and the poller are at it: what each sender was told is what the peer got.
 */
@ParameterizedClass
@EnumSource(value = TestBackend.class, names = "INET.*", mode = EnumSource.Mode.MATCH_ANY)
@Tag("exhaustive")
@Timeout(300)
class InetEndHandOverTests {

	private static final int CONNECTIONS = 2_084;

	private static final int SENDERS = 4;

	private static final int PACKETS_OF_A_SENDER = 12;

	@Parameter
	TestBackend backend;

	@ParameterizedTest
	@EnumSource
	void whatASenderWasToldIsWhatThePeerGot(End end) {
		SocketOptions options = this.backend.of(SocketOptions.defaults())
			.packet(PacketType.TWO)
			.highWatermark(4_000)
			.lowWatermark(2_000)
			.maxPending(20_000)
			.sendTimeout(end.sendTimeout)
			.sendTimeoutClose(end == End.SEND_TIMEOUT_CLOSE)
			.sndbuf(4 * 1024)
			.recbuf(4 * 1024);
		Random random = new Random(42);
		Tally tally = new Tally();
		try (GenTcp genTcp = this.backend.open(); ListenSocket listen = Connected.listen(genTcp, options)) {
			for (int i = 0; i < this.backend.wire().rounds(CONNECTIONS); i++) {
				// Its receiver resets at the end, so that no port is kept waiting.
				SocketPair pair = SocketPair.over(genTcp, listen, options);
				tally.add(endAmidSending(pair.client(), pair.server(), end, random.nextLong()), end);
			}
		}
		assertThat(tally.arrived).isPositive();
		assertThat(tally.refused).isPositive();
	}

	private static Told endAmidSending(TcpSocket sending, TcpSocket receiving, End end, long seed) {
		Random random = new Random(seed);
		long pause = random.nextInt(400_000);
		WaitingCall<Set<Integer>> received = WaitingCall.of(() -> receive(receiving, seed));
		List<WaitingCall<Told>> senders = IntStream.range(0, SENDERS)
			.mapToObj((sender) -> WaitingCall.of(() -> send(sending, sender, new Random(seed + sender))))
			.toList();
		LockSupport.parkNanos(pause);
		end.of(sending);
		Told told = new Told();
		senders.forEach((sender) -> told.add(sender.result()));
		if (end == End.SEND_TIMEOUT_CLOSE) {
			sending.close(Duration.ZERO);
		}
		told.received.addAll(received.result());
		sending.close(Duration.ZERO);
		return told;
	}

	private static Told send(TcpSocket socket, int sender, Random random) {
		Told told = new Told();
		for (int round = 0; round < PACKETS_OF_A_SENDER; round++) {
			int number = sender * PACKETS_OF_A_SENDER + round;
			PendingSend send = socket.beginSend(ByteBuffer.wrap(packet(number)));
			if (random.nextInt(8) == 0) {
				assertThat(send.withdraw()).isIn(true, false);
			}
			SendResult result = send.await();
			switch (result) {
				case SendResult.Sent() -> told.sent.add(number);
				case SendResult.TimedOutQueued queued -> told.sent.add(number);
				case SendResult.TimedOutWithRest(RestData rest) -> told.notSent(number, rest.nothingSent());
				case SendResult.QueueFull full -> told.notSent.add(number);
				case SendResult.Closed(long bytesOut) -> told.closed(number, bytesOut);
				case SendResult.TimedOut timedOut -> told.undecided.add(number);
				case SendResult.Refused refused -> throw new AssertionError(refused);
				case SendResult.Failed failed -> throw new AssertionError(failed);
			}
		}
		return told;
	}

	private static byte[] packet(int number) {
		byte[] packet = new byte[4 + new Random(number).nextInt(3_000)];
		new Random(number).nextBytes(packet);
		return ByteBuffer.wrap(packet).putInt(0, number).array();
	}

	private static Set<Integer> receive(TcpSocket socket, long seed) {
		Random random = new Random(seed);
		Set<Integer> received = new HashSet<>();
		RecvResult result = socket.recv(Connected.PATIENCE);
		while (result instanceof RecvResult.Received(Packet.Bytes(byte[] packet))) {
			int number = ByteBuffer.wrap(packet).getInt();
			assertThat(packet).isEqualTo(packet(number));
			assertThat(received.add(number)).isTrue();
			if (random.nextInt(8) == 0) {
				LockSupport.parkNanos(random.nextInt(200_000));
			}
			result = socket.recv(Connected.PATIENCE);
		}
		if (!isCutOff(result)) {
			assertThat(result).isEqualTo(new RecvResult.Closed());
		}
		assertThat(socket.setOptions((options) -> options.linger(0))).isEqualTo(new SetOptionsResult.Set());
		socket.close();
		return received;
	}

	/** TLS tells an end within a record, and one without close_notify. */
	private static boolean isCutOff(RecvResult result) {
		return result instanceof RecvResult.Failed(PosixError error, String detail)
				&& error == PosixError.TLS_TRUNCATED;
	}

	/** How a connection ends. */
	enum End {

		CLOSE(SocketOptions.INFINITY), SHUTDOWN(Duration.ofMillis(1)), RESET(SocketOptions.INFINITY),
		SEND_TIMEOUT_CLOSE(Duration.ofNanos(50_000));

		private final Duration sendTimeout;

		End(Duration sendTimeout) {
			this.sendTimeout = sendTimeout;
		}

		/** Whether what is queued still goes out. */
		boolean isGraceful() {
			return this == CLOSE || this == SHUTDOWN;
		}

		void of(TcpSocket socket) {
			switch (this) {
				case CLOSE -> socket.close(Duration.ZERO);
				case SHUTDOWN -> socket.shutdown(Direction.WRITE);
				case RESET -> {
					// It may be too late for that.
					assertThat(socket.setOptions((options) -> options.linger(0))).isNotNull();
					socket.close();
				}
				case SEND_TIMEOUT_CLOSE -> {
				}
			}
		}

	}

	/** What the senders of one connection were told, and what its peer got. */
	private static final class Told {

		private final Set<Integer> sent = new HashSet<>();

		private final Set<Integer> notSent = new HashSet<>();

		private final Set<Integer> undecided = new HashSet<>();

		private final Set<Integer> received = new HashSet<>();

		void notSent(int number, boolean nothing) {
			assertThat(nothing).isTrue();
			this.notSent.add(number);
		}

		void closed(int number, long bytesOut) {
			(bytesOut == 0 ? this.notSent : this.undecided).add(number);
		}

		void add(Told other) {
			this.sent.addAll(other.sent);
			this.notSent.addAll(other.notSent);
			this.undecided.addAll(other.undecided);
		}

	}

	/** All connections together. */
	private static final class Tally {

		private int arrived;

		private int refused;

		void add(Told told, End end) {
			assertThat(told.notSent).noneMatch(told.received::contains);
			if (end.isGraceful()) {
				assertThat(told.received).containsAll(told.sent);
			}
			this.arrived += told.received.size();
			this.refused += told.notSent.size();
		}

	}

}
