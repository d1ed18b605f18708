package io.gentcp;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
		try (GenTcp genTcp = this.wire.open(); ListenSocket listen = Connected.listen(genTcp, FOUR)) {
			TcpSocket one = Connected.connect(genTcp, listen.port(), FOUR);
			TcpSocket other = accepted(listen);
			AtomicBoolean failed = new AtomicBoolean();
			List<Thread> players = List.of(Thread.ofVirtual().unstarted(() -> play(one, 0)),
					Thread.ofPlatform().unstarted(() -> play(other, 1)));
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
	private static void play(TcpSocket socket, int player) {
		Random random = new Random(player);
		for (int number = 0; number < EXCHANGES; number++) {
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
		try (GenTcp genTcp = this.wire.open(); ListenSocket listen = Connected.listen(genTcp, FOUR)) {
			for (int round = 0; round < 3_000; round++) {
				TcpSocket one = Connected.connect(genTcp, listen.port(), FOUR);
				TcpSocket other = accepted(listen);
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
		try (GenTcp genTcp = this.wire.open()) {
			for (int round = 0; round < 1_000; round++) {
				ListenSocket listen = Connected.listen(genTcp, FOUR);
				WaitingCall<AcceptResult> first = WaitingCall.of(listen::accept);
				WaitingCall<AcceptResult> second = WaitingCall.of(listen::accept);
				spin(random.nextInt(30_000));
				TcpSocket client = Connected.connect(genTcp, listen.port(), FOUR);
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
	void aConnectThatMeetsItsDeadlineGivesAConnectionThatWorksOrNone() {
		Random random = new Random(7);
		try (GenTcp genTcp = this.wire.open(); ListenSocket listen = Connected.listen(genTcp, FOUR)) {
			int connected = 0;
			for (int round = 0; round < 3_000; round++) {
				Duration timeout = Duration.ofNanos(random.nextInt(100_000));
				if (genTcp.connect("127.0.0.1", listen.port(), FOUR,
						timeout) instanceof ConnectResult.Connected(TcpSocket socket)) {
					connected++;
					assertThat(socket.send(new byte[] { 1 })).isEqualTo(new SendResult.Sent());
					assertThat(nextWithAPacket(listen)).isEqualTo(socket.localAddress());
					socket.close();
				}
			}
			assertThat(connected).isPositive();
		}
	}

	/** Connects that timed out may have come to be accepted as well. */
	private static SocketAddress nextWithAPacket(ListenSocket listen) {
		while (true) {
			TcpSocket socket = accepted(listen);
			try (socket) {
				if (socket.recv(Connected.PATIENCE) instanceof RecvResult.Received) {
					return socket.peerAddress();
				}
			}
		}
	}

	private static TcpSocket accepted(ListenSocket listen) {
		AcceptResult result = listen.accept(Connected.PATIENCE);
		assertThat(result).isInstanceOf(AcceptResult.Accepted.class);
		return ((AcceptResult.Accepted) result).socket();
	}

	private static void spin(int nanos) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos) {
			Thread.onSpinWait();
		}
	}

}
