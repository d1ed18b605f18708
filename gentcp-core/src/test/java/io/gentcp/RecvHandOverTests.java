package io.gentcp;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * Every hand-over between a thread that waits and the poller, perturbed at random: an
 * event meets the wait, its deadline, an interrupt, the next wait, or a close. A sign
 * that is lost leaves a thread waiting for ever.
 */
@ParameterizedClass
@EnumSource(TestWire.class)
@Tag("exhaustive")
@Timeout(300)
class RecvHandOverTests {

	private static final SocketOptions FOUR = SocketOptions.defaults()
		.packet(PacketType.FOUR)
		.nodelay(true)
		.backlog(1000);

	private static final int EXCHANGES = 100_000;

	@Parameter
	TestWire wire;

	@Test
	void noSignOfArrivedBytesIsLost() throws Exception {
		SocketOptions four = this.wire.of(FOUR);
		try (GenTcp genTcp = this.wire.open(); ListenSocket listen = Connected.listen(genTcp, four)) {
			SocketPair pair = SocketPair.over(genTcp, listen, four);
			TcpSocket one = pair.client();
			TcpSocket other = pair.server();
			int exchanges = this.wire.rounds(EXCHANGES);
			AtomicBoolean failed = new AtomicBoolean();
			List<Thread> players = List.of(Thread.ofVirtual().unstarted(() -> play(one, 0, exchanges)),
					Thread.ofPlatform().unstarted(() -> play(other, 1, exchanges)));
			players.forEach((player) -> player.setUncaughtExceptionHandler((thread, ex) -> failed.set(true)));
			players.forEach(Thread::start);
			AtomicBoolean done = new AtomicBoolean();
			Thread disturber = Thread.ofPlatform().start(() -> disturb(players, done));
			for (Thread player : players) {
				player.join();
			}
			done.set(true);
			disturber.join();
			assertThat(failed).isFalse();
		}
	}

	/** One sends the even numbers and receives the odd ones, the other the reverse. */
	private static void play(TcpSocket socket, int player, int exchanges) {
		Random random = new Random(player);
		for (int number = 0; number < exchanges; number++) {
			perturb(random);
			byte[] expected = ByteBuffer.allocate(4).putInt(number).array();
			if (number % 2 == player) {
				assertThat(sent(socket, expected)).isTrue();
			}
			else {
				assertThat(received(socket, random)).isEqualTo(new RecvResult.Received(new Packet.Bytes(expected)));
			}
		}
	}

	private static boolean sent(TcpSocket socket, byte[] packet) {
		SendResult result = socket.send(packet);
		while (result instanceof SendResult.TimedOutWithRest(RestData rest)) {
			Thread.interrupted();
			result = socket.resume(rest);
		}
		return result instanceof SendResult.Sent;
	}

	private static RecvResult received(TcpSocket socket, Random random) {
		RecvResult result = new RecvResult.TimedOut();
		while (result instanceof RecvResult.TimedOut) {
			Thread.interrupted();
			Duration timeout = switch (random.nextInt(4)) {
				case 0 -> Duration.ZERO;
				case 1 -> Duration.ofNanos(random.nextInt(50_000));
				default -> SocketOptions.INFINITY;
			};
			result = socket.recv(timeout);
		}
		return result;
	}

	private static void perturb(Random random) {
		switch (random.nextInt(16)) {
			case 0 -> LockSupport.parkNanos(random.nextInt(50_000));
			case 1, 2, 3 -> Thread.yield();
			default -> {
			}
		}
	}

	private static void disturb(List<Thread> threads, AtomicBoolean done) {
		Random random = new Random(99);
		while (!done.get()) {
			threads.get(random.nextInt(threads.size())).interrupt();
			LockSupport.parkNanos(random.nextInt(100_000));
		}
	}

	@Test
	void noSignOfACloseIsLost() {
		Random random = new Random(5);
		SocketOptions four = this.wire.of(FOUR);
		try (GenTcp genTcp = this.wire.open(); ListenSocket listen = Connected.listen(genTcp, four)) {
			for (int round = 0; round < this.wire.rounds(3_000); round++) {
				SocketPair pair = SocketPair.over(genTcp, listen, four);
				TcpSocket one = pair.client();
				TcpSocket other = pair.server();
				WaitingCall<RecvResult> mine = WaitingCall.of(one::recv);
				WaitingCall<RecvResult> inLine = WaitingCall.of(one::recv);
				WaitingCall<RecvResult> ofThePeer = WaitingCall.of(other::recv);
				spin(random.nextInt(30_000));
				one.close();
				assertThat(mine.result()).isEqualTo(new RecvResult.Closed());
				assertThat(inLine.result()).isEqualTo(new RecvResult.Closed());
				assertThat(ofThePeer.result()).isEqualTo(new RecvResult.Closed());
				other.close();
			}
		}
	}

	@Test
	void noSignOfAConnectionOrOfACloseIsLostByAcceptors() {
		Random random = new Random(6);
		SocketOptions four = this.wire.of(FOUR);
		try (GenTcp genTcp = this.wire.open()) {
			for (int round = 0; round < this.wire.rounds(1_000); round++) {
				ListenSocket listen = Connected.listen(genTcp, four);
				WaitingCall<AcceptResult> first = WaitingCall.of(listen::accept);
				WaitingCall<AcceptResult> second = WaitingCall.of(listen::accept);
				spin(random.nextInt(30_000));
				TcpSocket client = Connected.connect(genTcp, listen.port(), four);
				AcceptResult one = (AcceptResult) CompletableFuture.anyOf(first.future(), second.future()).join();
				assertThat(one).isInstanceOf(AcceptResult.Accepted.class);
				spin(random.nextInt(30_000));
				listen.close();
				assertThat(List.of(first.result(), second.result())).contains(one, new AcceptResult.Closed());
				client.close();
				((AcceptResult.Accepted) one).socket().close();
			}
		}
	}

	@Test
	void aConnectThatMeetsItsDeadlineGivesAConnectionThatWorksOrNone() throws Exception {
		Random random = new Random(7);
		SocketOptions four = this.wire.of(FOUR);
		// A handshake takes milliseconds.
		int longest = (this.wire == TestWire.TLS) ? 30_000_000 : 100_000;
		try (GenTcp genTcp = this.wire.open(); ListenSocket listen = Connected.listen(genTcp, four)) {
			BlockingQueue<TcpSocket> accepted = new LinkedBlockingQueue<>();
			Thread.startVirtualThread(() -> acceptUntilClosed(listen, accepted));
			int connected = 0;
			for (int round = 0; round < this.wire.rounds(3_000); round++) {
				Duration timeout = Duration.ofNanos(random.nextInt(longest));
				if (genTcp.connect("127.0.0.1", listen.port(), four,
						timeout) instanceof ConnectResult.Connected(TcpSocket socket)) {
					connected++;
					assertThat(socket.send(new byte[] { 1 })).isEqualTo(new SendResult.Sent());
					assertThat(nextWithAPacket(accepted)).isEqualTo(socket.localAddress());
					socket.close();
				}
			}
			assertThat(connected).isPositive();
		}
	}

	private static void acceptUntilClosed(ListenSocket listen, BlockingQueue<TcpSocket> accepted) {
		AcceptResult result = listen.accept();
		while (!(result instanceof AcceptResult.Closed)) {
			if (result instanceof AcceptResult.Accepted(TcpSocket socket)) {
				accepted.add(socket);
			}
			result = listen.accept();
		}
	}

	/** Connects that timed out may have come to be accepted as well. */
	private static SocketAddress nextWithAPacket(BlockingQueue<TcpSocket> accepted) throws InterruptedException {
		while (true) {
			TcpSocket socket = accepted.poll(Connected.PATIENCE.toSeconds(), TimeUnit.SECONDS);
			assertThat(socket).isNotNull();
			try (socket) {
				if (socket.recv(Connected.PATIENCE) instanceof RecvResult.Received) {
					return socket.peerAddress();
				}
			}
		}
	}

	private static void spin(int nanos) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos) {
			Thread.onSpinWait();
		}
	}

}
