package io.gentcp;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever a process calls on a poller, it does not wait: others wait for the poller. */
@Timeout(60)
class OnPollerTests {

	private static final SocketOptions ONE = SocketOptions.defaults().packet(PacketType.ONE);

	private static final AcceptResult ACCEPT_TIMED_OUT = new AcceptResult.TimedOut();

	private static final ConnectResult CONNECT_TIMED_OUT = new ConnectResult.TimedOut();

	@Test
	void aListenSocketIsClosedAndItsPortIsFreeSoonAfter() {
		try (GenTcp genTcp = open()) {
			ListenSocket listen = Connected.listen(genTcp, ONE);
			CompletableFuture<Boolean> closed = onPoller(genTcp, () -> {
				listen.close();
				return true;
			});
			assertThat(closed).succeedsWithin(Connected.PATIENCE);
			assertThat(listen.accept()).isEqualTo(new AcceptResult.Closed());
			await().atMost(Connected.PATIENCE)
				.until(() -> genTcp.listen(listen.port(), ONE), ListenResult.Listening.class::isInstance);
		}
	}

	@Test
	void anAcceptTakesAConnectionThatIsThere() {
		try (GenTcp genTcp = open()) {
			ListenSocket listen = Connected.listen(genTcp, ONE);
			assertThat(onPoller(genTcp, listen::accept)).succeedsWithin(Connected.PATIENCE).isEqualTo(ACCEPT_TIMED_OUT);
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
				AcceptResult accepted = await().atMost(Connected.PATIENCE)
					.until(() -> onPoller(genTcp, listen::accept).get(), AcceptResult.Accepted.class::isInstance);
				assertThat(SocketPair.accepted(accepted).peerAddress()).isEqualTo(peer.localAddress());
			}
		}
	}

	@Test
	void aConnectThatWouldHaveToWaitTimesOut() {
		try (GenTcp genTcp = open(); FullBacklog full = new FullBacklog()) {
			assertThat(onPoller(genTcp, () -> genTcp.connect("127.0.0.1", full.port(), ONE, SocketOptions.INFINITY)))
				.succeedsWithin(Connected.PATIENCE)
				.isEqualTo(CONNECT_TIMED_OUT);
		}
	}

	@Test
	void aLookUpOfANameTimesOut() {
		CountDownLatch released = new CountDownLatch(1);
		try (GenTcp genTcp = open()) {
			String stuck = TestHosts.stuckUntil(released);
			assertThat(onPoller(genTcp, () -> genTcp.connect(stuck, 4000, ONE, SocketOptions.INFINITY)))
				.succeedsWithin(Connected.PATIENCE)
				.isEqualTo(CONNECT_TIMED_OUT);
		}
		finally {
			released.countDown();
		}
	}

	@Test
	void theRuntimeIsClosedAndWhatIsQueuedGoesOutInTheBackground() {
		CompletableFuture<Thread> poller = new CompletableFuture<>();
		byte[] queued = Payloads.random(Payloads.LARGE);
		GenTcp genTcp = open();
		ControllingProcess closes = (message) -> {
			assertThat(message.socket().send(queued)).isEqualTo(new SendResult.Sent());
			genTcp.close();
			poller.complete(Thread.currentThread());
		};
		SocketOptions raw = SocketOptions.defaults().controllingProcess(closes).active(ActiveMode.TRUE);
		try (Connected connected = Connected.over(genTcp, raw, Step.stall())) {
			connected.peer().send(new byte[] { 'a' });
			assertThat(poller).succeedsWithin(Connected.PATIENCE);
			assertThat(connected.socket().isOpen()).isFalse();
			connected.peer().readAll();
			connected.peer().awaitEndOfStream(Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(queued);
			await().atMost(Connected.PATIENCE).until(() -> !poller.join().isAlive());
		}
	}

	private static GenTcp open() {
		return GenTcp.open(EngineOptions.defaults().pollers(1));
	}

	/** Makes a call while a packet is delivered on a poller. */
	private static <T> CompletableFuture<T> onPoller(GenTcp genTcp, Callable<T> call) {
		CompletableFuture<T> result = new CompletableFuture<>();
		ControllingProcess calls = (message) -> {
			if (message instanceof SocketMessage.Data) {
				result.completeAsync(() -> called(call), Runnable::run);
			}
		};
		SocketOptions options = ONE.controllingProcess(calls).active(ActiveMode.TRUE);
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			TcpSocket socket = Connected.connect(genTcp, peer.port(), options);
			peer.accept(Connected.PATIENCE).send(new byte[] { 1, 'a' });
			await().atMost(Connected.PATIENCE).until(result::isDone);
			socket.close();
		}
		return result;
	}

	private static <T> T called(Callable<T> call) {
		assertThat(GenTcp.mayWait()).isFalse();
		try {
			return call.call();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
