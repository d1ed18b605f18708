package io.gentcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every hand-over of active mode, perturbed at random, against a stream of numbered lines
 * that is always about to run dry. A reason to deliver that is lost ends in a timeout, a
 * byte that is lost, doubled or late in the wrong number.
 */
@ParameterizedClass
@EnumSource(TestWire.class)
@Tag("exhaustive")
@Timeout(300)
class ActiveHandOverTests {

	private static final int ROUNDS = 50_000;

	private static final int LINE = 8;

	private static final SocketOptions LINES = SocketOptions.defaults().packet(PacketType.LINE).nodelay(true);

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	@Parameter
	TestWire wire;

	@Test
	void everyByteComesOnceAndInOrderWhateverIsSet() throws Exception {
		try (Mailbox mailbox = new Mailbox(3);
				Stream stream = Stream.to(this.wire, LINES.controllingProcess(mailbox))) {
			Random random = new Random(1);
			TcpSocket socket = stream.socket;
			Arrived arrived = new Arrived();
			for (int round = 0; round < this.wire.rounds(ROUNDS); round++) {
				switch (random.nextInt(8)) {
					case 0, 1 -> set(socket, random);
					case 2 -> {
						PacketType type = random.nextBoolean() ? PacketType.LINE : PacketType.RAW;
						assertThat(socket.setOptions((options) -> options.packet(type))).isEqualTo(SET);
					}
					case 3 -> setBoth(socket, modeOf(random));
					case 4, 5 -> {
						assertThat(socket.active(ActiveMode.FALSE)).isEqualTo(SET);
						takeAll(mailbox, arrived);
						arrived.add(socket.recv(timeoutOf(random)));
						// What came up before it was passive was taken before the
						// receive.
						assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
					}
					case 6 -> {
						assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(SET);
						stream.bytesWanted(arrived.bytes + 2 * LINE);
						arrived.add(next(mailbox, random));
					}
					default -> mailbox.receive(timeoutOf(random)).ifPresent(arrived::add);
				}
				stream.bytesWanted(arrived.bytes + random.nextInt(4 * LINE));
			}
			arrived.untilTheEnd(stream, mailbox);
			assertThat(arrived.bytes).isEqualTo(stream.bytesSent());
		}
	}

	@Test
	void noReasonToDeliverIsLostWhileAnotherIsSeenTo() throws Exception {
		try (Mailbox mailbox = new Mailbox(10);
				Stream stream = Stream.to(this.wire, LINES.controllingProcess(mailbox))) {
			Random random = new Random(8);
			Arrived arrived = new Arrived();
			for (int round = 0; round < this.wire.rounds(ROUNDS); round++) {
				stream.bytesWanted(arrived.bytes + (1 + random.nextInt(3)) * LINE);
				perturb(random);
				// The thread that delivers it may be at it still when it is set again.
				assertThat(stream.socket.active(ActiveMode.ONCE)).isEqualTo(SET);
				arrived.add(next(mailbox, random));
			}
		}
	}

	@Test
	void aReceiveThatMeetsActiveModeLosesNoReason() throws Exception {
		try (Mailbox mailbox = new Mailbox(1000);
				Stream stream = Stream.to(this.wire, LINES.controllingProcess(mailbox))) {
			Random random = new Random(2);
			TcpSocket socket = stream.socket;
			long next = 0;
			for (int round = 0; round < this.wire.rounds(ROUNDS); round++) {
				Duration timeout = timeoutOf(random);
				WaitingCall<RecvResult> receive = WaitingCall.of(() -> socket.recv(timeout));
				// In line it may give up waiting just when it is its turn.
				WaitingCall<RecvResult> inLine = WaitingCall.of(() -> socket.recv(timeout));
				perturb(random);
				stream.bytesWanted((next + 1 + random.nextInt(2)) * LINE);
				assertThat(socket.active(ActiveMode.TRUE)).isEqualTo(SET);
				perturb(random);
				stream.bytesWanted((next + 3) * LINE);
				next = threeLines(List.of(receive.result(), inLine.result()), mailbox, next);
				assertThat(socket.active(ActiveMode.FALSE)).isEqualTo(SET);
			}
		}
	}

	/** Some may be received, and then it is unknown in front of which message. */
	private static long threeLines(List<RecvResult> results, Mailbox mailbox, long next) {
		Set<Long> received = new HashSet<>();
		for (RecvResult result : results) {
			switch (result) {
				case RecvResult.Received(Packet packet) -> assertThat(received.add(numberOf(packet))).isTrue();
				case RecvResult.TimedOut() -> {
				}
				case RecvResult.Failed(PosixError error, String detail) -> {
				}
				case RecvResult.Closed() -> throw new AssertionError("closed");
			}
		}
		for (long number = next; number < next + 3; number++) {
			if (!received.remove(number)) {
				SocketMessage message = mailbox.receive(Connected.PATIENCE).orElseThrow();
				assertThat(numberOf(((SocketMessage.Data) message).packet())).isEqualTo(number);
			}
		}
		assertThat(received).isEmpty();
		return next + 3;
	}

	@Test
	void messagesStayInOrderWhileTheSocketGoesToAndFro() throws Exception {
		try (Mailbox one = new Mailbox(2);
				Mailbox two = new Mailbox(3);
				Stream stream = Stream.to(this.wire, LINES.controllingProcess(one).active(ActiveMode.TRUE))) {
			Random random = new Random(3);
			Arrived arrived = new Arrived();
			Mailbox owner = one;
			for (int round = 0; round < this.wire.rounds(ROUNDS); round++) {
				stream.bytesWanted(arrived.bytes + (1 + random.nextInt(8)) * LINE);
				if (random.nextInt(3) > 0) {
					owner.receive(timeoutOf(random)).ifPresent(arrived::add);
				}
				perturb(random);
				Mailbox next = (owner == one) ? two : one;
				assertThat(stream.socket.controllingProcess(owner, next))
					.isEqualTo(new ControllingProcessResult.HandedOver());
				assertThat(owner.receive(Duration.ZERO)).isEmpty();
				owner = next;
			}
			arrived.untilTheEnd(stream, owner);
			assertThat(arrived.bytes).isEqualTo(stream.bytesSent());
		}
	}

	@Test
	void noSocketIsForgottenThatFoundAMailboxFull() throws Exception {
		try (Mailbox mailbox = new Mailbox(2);
				Stream one = Stream.to(this.wire, LINES.controllingProcess(mailbox).active(ActiveMode.TRUE));
				Stream two = Stream.to(this.wire, LINES.controllingProcess(mailbox).active(ActiveMode.TRUE));
				Stream three = Stream.to(this.wire, LINES.controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			Random random = new Random(4);
			List<Stream> streams = List.of(one, two, three);
			List<Arrived> arrived = List.of(new Arrived(), new Arrived(), new Arrived());
			for (int round = 0; round < this.wire.rounds(ROUNDS); round++) {
				int busy = random.nextInt(3);
				for (int i = 0; i < 3; i++) {
					streams.get(i).bytesWanted(arrived.get(i).bytes + ((i == busy) ? 4 : 1) * LINE);
				}
				perturb(random);
				SocketMessage message = mailbox.receive(Connected.PATIENCE).orElseThrow();
				int from = 0;
				while (streams.get(from).socket != message.socket()) {
					from++;
				}
				arrived.get(from).add(message);
			}
		}
	}

	@Test
	void aSocketAloneIsNotForgottenThatFoundItsMailboxFull() throws Exception {
		try (Mailbox mailbox = new Mailbox(1);
				Stream stream = Stream.to(this.wire, LINES.controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			Random random = new Random(9);
			Arrived arrived = new Arrived();
			for (int round = 0; round < this.wire.rounds(ROUNDS); round++) {
				stream.bytesWanted(arrived.bytes + (1 + random.nextInt(3)) * LINE);
				perturb(random);
				arrived.add(mailbox.receive(Connected.PATIENCE).orElseThrow());
			}
		}
	}

	@Test
	void aCloseThatMeetsActiveModeTellsNothingAndLeavesNothing() {
		Random random = new Random(5);
		SocketOptions lines = this.wire.of(LINES);
		try (Mailbox mailbox = new Mailbox(10);
				GenTcp genTcp = this.wire.open();
				ListenSocket listen = Connected.listen(genTcp, lines.backlog(1000))) {
			for (int round = 0; round < this.wire.rounds(3_000); round++) {
				SocketPair pair = SocketPair.over(genTcp, listen, lines.controllingProcess(mailbox));
				TcpSocket socket = pair.client();
				TcpSocket peer = pair.server();
				WaitingCall<SetOptionsResult> arming = WaitingCall.of(() -> socket.active(ActiveMode.TRUE));
				perturb(random);
				socket.close();
				assertThat(arming.result()).isIn(SET, new SetOptionsResult.Failed(PosixError.EINVAL));
				assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
				peer.close();
			}
			assertThat(mailbox.receive(Duration.ofMillis(50))).isEmpty();
		}
	}

	@Test
	void anEndOfThePeerThatMeetsActiveModeIsToldExactlyOnce() {
		Random random = new Random(6);
		SocketOptions lines = this.wire.of(LINES);
		try (Mailbox mailbox = new Mailbox(10);
				GenTcp genTcp = this.wire.open();
				ListenSocket listen = Connected.listen(genTcp, lines.backlog(1000))) {
			for (int round = 0; round < this.wire.rounds(3_000); round++) {
				SocketPair pair = SocketPair.over(genTcp, listen, lines.controllingProcess(mailbox));
				TcpSocket socket = pair.client();
				TcpSocket peer = pair.server();
				WaitingCall<SetOptionsResult> arming = WaitingCall.of(() -> socket.active(ActiveMode.ONCE));
				WaitingCall<SetOptionsResult> again = WaitingCall.of(() -> socket.active(ActiveMode.TRUE));
				perturb(random);
				peer.close();
				assertThat(mailbox.receive(Connected.PATIENCE)).contains(new SocketMessage.Closed(socket));
				assertThat(arming.result()).isNotNull();
				assertThat(again.result()).isNotNull();
				assertThat(mailbox.receive(Duration.ZERO)).isEmpty();
				socket.close();
			}
		}
	}

	private static void set(TcpSocket socket, Random random) {
		assertThat(socket.active(modeOf(random))).isIn(SET, new SetOptionsResult.Failed(PosixError.EINVAL));
	}

	private static void setBoth(TcpSocket socket, ActiveMode mode) {
		assertThat(socket.setOptions((options) -> options.packet(PacketType.LINE).active(mode))).isEqualTo(SET);
	}

	private static ActiveMode modeOf(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> ActiveMode.TRUE;
			case 1 -> ActiveMode.ONCE;
			case 2 -> ActiveMode.FALSE;
			default -> ActiveMode.count(random.nextInt(5) - 1);
		};
	}

	private static Duration timeoutOf(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> Duration.ofNanos(random.nextInt(100_000));
			case 1 -> Duration.ofNanos(random.nextInt(10_000));
			default -> Duration.ZERO;
		};
	}

	private static void perturb(Random random) {
		switch (random.nextInt(8)) {
			case 0 -> LockSupport.parkNanos(random.nextInt(50_000));
			case 1, 2 -> Thread.yield();
			case 3, 4 -> spin(random.nextInt(20_000));
			default -> {
			}
		}
	}

	private static void spin(int nanos) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos) {
			Thread.onSpinWait();
		}
	}

	/** Awake or asleep: who is awake is back before the delivery has ended. */
	private static SocketMessage next(Mailbox mailbox, Random random) {
		long start = System.nanoTime();
		while (random.nextInt(1000) > 0 && System.nanoTime() - start < 1_000_000) {
			Optional<SocketMessage> next = mailbox.receive(Duration.ZERO);
			if (next.isPresent()) {
				return next.get();
			}
		}
		return mailbox.receive(Connected.PATIENCE).orElseThrow();
	}

	private static void takeAll(Mailbox mailbox, Arrived arrived) {
		for (Optional<SocketMessage> next = mailbox.receive(Duration.ZERO); next
			.isPresent(); next = mailbox.receive(Duration.ZERO)) {
			arrived.add(next.get());
		}
	}

	private static long numberOf(Packet packet) {
		byte[] line = ((Packet.Bytes) packet).array();
		return Long.parseLong(new String(line, 0, LINE - 1, StandardCharsets.ISO_8859_1));
	}

	/** What came of the stream, looked at byte by byte. */
	private static final class Arrived {

		private long bytes;

		private boolean closed;

		void add(SocketMessage message) {
			switch (message) {
				case SocketMessage.Data(TcpSocket socket, Packet packet) -> add(packet);
				case SocketMessage.Passive(TcpSocket socket) -> {
				}
				case SocketMessage.Closed(TcpSocket socket) -> this.closed = true;
				case SocketMessage.Error(TcpSocket socket, PosixError error, String detail) ->
					throw new AssertionError(detail);
			}
		}

		void add(RecvResult result) {
			switch (result) {
				case RecvResult.Received(Packet packet) -> add(packet);
				case RecvResult.TimedOut() -> {
				}
				case RecvResult.Closed() -> throw new AssertionError("closed");
				case RecvResult.Failed(PosixError error, String detail) -> throw new AssertionError(detail);
			}
		}

		private void add(Packet packet) {
			for (byte next : ((Packet.Bytes) packet).array()) {
				if (next != Stream.byteAt(this.bytes)) {
					throw new AssertionError("wrong byte at " + this.bytes);
				}
				this.bytes++;
			}
		}

		/** The last line may be incomplete, and the socket passive. */
		void untilTheEnd(Stream stream, Mailbox mailbox) throws InterruptedException {
			stream.stop();
			assertThat(stream.socket.setOptions((options) -> options.packet(PacketType.RAW).active(ActiveMode.TRUE)))
				.isEqualTo(SET);
			stream.sender.close();
			while (!this.closed) {
				add(mailbox.receive(Connected.PATIENCE).orElseThrow());
			}
		}

	}

	/** Sends numbered lines, no more than are wanted, in pieces of any size. */
	private static final class Stream implements AutoCloseable {

		private final GenTcp genTcp;

		private final TcpSocket socket;

		private final TcpSocket sender;

		private final AtomicLong wanted = new AtomicLong();

		private final AtomicBoolean stopped = new AtomicBoolean();

		private final Thread thread;

		private long sent;

		private Stream(GenTcp genTcp, TcpSocket socket, TcpSocket sender) {
			this.genTcp = genTcp;
			this.socket = socket;
			this.sender = sender;
			this.thread = Thread.ofPlatform().daemon().start(this::send);
		}

		static Stream to(TestWire wire, SocketOptions options) {
			GenTcp genTcp = wire.open();
			SocketOptions raw = wire.of(SocketOptions.defaults().nodelay(true));
			try (ListenSocket listen = Connected.listen(genTcp, wire.of(options))) {
				SocketPair pair = SocketPair.over(genTcp, listen, raw);
				return new Stream(genTcp, pair.server(), pair.client());
			}
		}

		static byte byteAt(long position) {
			long line = position / LINE;
			int digit = LINE - 2 - (int) (position % LINE);
			return (byte) ((digit < 0) ? '\n' : '0' + (line / (long) Math.pow(10, digit)) % 10);
		}

		private void send() {
			Random random = new Random(7);
			while (!this.stopped.get()) {
				long missing = this.wanted.get() - this.sent;
				if (missing > 0) {
					int size = (int) Math.min(missing, 1 + random.nextInt(3 * LINE));
					ByteBuffer piece = ByteBuffer.allocate(size);
					while (piece.hasRemaining()) {
						piece.put(byteAt(this.sent++));
					}
					assertThat(this.sender.send(piece.array())).isEqualTo(new SendResult.Sent());
				}
				else {
					Thread.yield();
				}
			}
		}

		/** Brings the stream up to this position. */
		void bytesWanted(long position) {
			this.wanted.accumulateAndGet(position, Math::max);
		}

		void stop() throws InterruptedException {
			this.stopped.set(true);
			this.thread.join();
		}

		long bytesSent() {
			return this.sent;
		}

		@Override
		public void close() throws InterruptedException {
			stop();
			this.genTcp.close();
		}

	}

}
