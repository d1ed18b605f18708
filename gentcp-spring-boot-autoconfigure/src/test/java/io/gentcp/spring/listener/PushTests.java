package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.gentcp.GenTcp;
import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.core.PartialPacketException;
import io.gentcp.spring.core.Recovery;
import io.gentcp.spring.core.RecoveryOutcome;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A server that sends to a peer unasked, by the id of its connection. */
class PushTests {

	private static final byte[] LARGE = new byte[2_000_000];

	private final BlockingQueue<GenTcpConnection> callers = new LinkedBlockingQueue<>();

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private RunningServer server(UnaryOperator<GenTcpServerSettings> change) {
		return RunningServer.with((packet, connection) -> {
			this.callers.add(connection);
			return null;
		}, (settings) -> change
			.apply(settings.options(settings.options().sndbuf(16 * 1024).sendTimeout(Duration.ofMillis(150)))),
				this.events::add);
	}

	private GenTcpConnection caller(PeerConnection peer) throws InterruptedException {
		peer.send(framed("hello"));
		return Optional.ofNullable(this.callers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).orElseThrow();
	}

	@Test
	void anErrorOfAnEventListenerLeavesNoConnectionBehind() {
		try (RunningServer server = RunningServer.with((packet, connection) -> ByteBuffer.wrap(PacketBytes.of(packet)),
				UnaryOperator.identity(), (Object event) -> {
					throw new NoClassDefFoundError("listener");
				}); PeerConnection peer = server.connect()) {
			peer.send(framed("hello"));
			assertThat(awaitPackets(peer, "hello")).containsExactly("hello");
			peer.close();
			await().atMost(PATIENCE).until(() -> server.container().connections().count() == 0);
			assertThat(server.container().connections().counters().connectionsClosed(CloseReason.PEER)).isOne();
		}
	}

	@Test
	void aPacketGoesToTheConnectionWithThatIdAndToNoOther() throws Exception {
		try (RunningServer server = server(UnaryOperator.identity());
				PeerConnection one = server.connect();
				PeerConnection other = server.connect()) {
			String first = caller(one).id();
			String second = caller(other).id();

			server.container().connections().find(second).orElseThrow().send("pushed".getBytes());
			server.container().connections().find(first).orElseThrow().sendAsync(bytes("too")).join();

			assertThat(awaitPackets(other, "pushed")).containsExactly("pushed");
			assertThat(awaitPackets(one, "too")).containsExactly("too");
			assertThat(first).matches("edge-\\w{4}-\\d").isNotEqualTo(second);
			assertThat(server.container().connections().find("edge-0000-1")).isEmpty();
			assertThat(server.container().connections().counters().packetsSent()).isEqualTo(2);
		}
	}

	@Test
	void aPeerThatDoesNotReadIsLetGoAndTheSenderIsToldHowMuchIsOut() throws Exception {
		try (RunningServer server = server(UnaryOperator.identity());
				PeerConnection stalled = server.connect(Step.stall())) {
			GenTcpConnection connection = caller(stalled);

			assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> connection.send(LARGE))
				.satisfies((ex) -> assertThat(ex.bytesOut()).isBetween(1L, (long) LARGE.length))
				.withMessageContaining("server edge, " + connection.id())
				.withMessageContaining("recovery: close");

			assertThat(connection.isOpen()).isFalse();
			assertThat(closed(connection).end().reason()).isEqualTo(CloseReason.SEND_TIMEOUT);
			assertThatExceptionOfType(SocketClosedException.class).isThrownBy(() -> connection.send(LARGE))
				.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());
			await().until(() -> server.container().activeConnections() == 0);
		}
	}

	@Test
	void withRecoveryResumeTheBackgroundCompletesThePacketAndTheNextComesBehindIt() throws Exception {
		try (RunningServer server = server((settings) -> settings.recovery(Recovery.RESUME));
				PeerConnection slow = server.connect(Step.stall())) {
			GenTcpConnection connection = caller(slow);
			SendTimeoutException late = catchSendTimeout(() -> connection.send(LARGE));
			assertThat(late.isRecovering()).isTrue();

			slow.readAll();
			late.recovery().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			connection.send("next".getBytes());

			slow.awaitReceived(4 + LARGE.length + 8, PATIENCE);
			assertThat(slow.receivedPackets(4).complete()).containsExactly(LARGE, "next".getBytes());
			assertThat(this.events)
				.anySatisfy((event) -> assertThat(event).isInstanceOfSatisfying(GenTcpEvent.PacketRecovered.class,
						(recovered) -> assertThat(recovered.outcome()).isEqualTo(RecoveryOutcome.COMPLETED)));
		}
	}

	@Test
	void withRecoveryManualTheSenderResumesTheRestAndOthersAreRefusedUntilThen() throws Exception {
		try (RunningServer server = server((settings) -> settings.recovery(Recovery.MANUAL));
				PeerConnection slow = server.connect(Step.stall())) {
			GenTcpConnection connection = caller(slow);
			SendTimeoutException late = catchSendTimeout(() -> connection.send(LARGE));
			assertThatExceptionOfType(PartialPacketException.class)
				.isThrownBy(() -> connection.send("other".getBytes()));

			slow.readAll();
			connection.resume(late.rest());
			connection.send("next".getBytes());

			slow.awaitReceived(4 + LARGE.length + 8, PATIENCE);
			assertThat(slow.receivedPackets(4).complete()).containsExactly(LARGE, "next".getBytes());
			assertThat(server.container().connections().counters().recoveries(RecoveryOutcome.RESUMED_BY_CALLER))
				.isOne();
		}
	}

	@Test
	void aPeerThatLeavesAndAServerThatStopsAreToldApart() throws Exception {
		try (RunningServer server = server(UnaryOperator.identity());
				PeerConnection leaving = server.connect();
				PeerConnection staying = server.connect()) {
			GenTcpConnection gone = caller(leaving);
			GenTcpConnection there = caller(staying);
			leaving.close();
			assertThat(closed(gone).end().reason()).isEqualTo(CloseReason.PEER);

			server.container().stop();

			assertThat(closed(there).end().reason()).isEqualTo(CloseReason.SHUTDOWN);
			assertThat(this.events).startsWith(new GenTcpEvent.ServerListening("edge", gone.socket().localAddress()))
				.endsWith(new GenTcpEvent.ServerStopped("edge", gone.socket().localAddress()));
		}
	}

	@Test
	void aHandlerThatThrowsIsToldBeforeItsConnectionIsClosed() {
		IllegalStateException failure = new IllegalStateException("no stock");
		try (RunningServer server = RunningServer.with((packet, connection) -> {
			throw failure;
		}, UnaryOperator.identity(), this.events::add); PeerConnection peer = server.connect()) {
			peer.send(framed("x"));
			peer.awaitEndOfStream(PATIENCE);
			await().until(() -> this.events.size() == 4);
			assertThat(this.events.get(2)).isInstanceOfSatisfying(GenTcpEvent.HandlerFailed.class,
					(failed) -> assertThat(failed.failure()).isSameAs(failure));
			assertThat(this.events.get(3)).isInstanceOfSatisfying(GenTcpEvent.ConnectionClosed.class,
					(closed) -> assertThat(closed.end().reason()).isEqualTo(CloseReason.ERROR));
		}
	}

	@Test
	void onInetThereIsNothingToRecover() {
		GenTcpServerSettings settings = GenTcpServerSettings.of("edge", 0).recovery(Recovery.RESUME);
		try (GenTcp genTcp = GenTcp.open()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new GenTcpListenerContainer(genTcp,
						settings.options(settings.options().backend(Backend.INET)), Thread::startVirtualThread))
				.withMessageContaining("server edge")
				.withMessageContaining("nothing to recover");
		}
	}

	private GenTcpEvent.ConnectionClosed closed(GenTcpConnection connection) {
		CompletableFuture<GenTcpEvent.ConnectionClosed> closed = new CompletableFuture<>();
		await().until(() -> this.events.stream()
			.anyMatch((event) -> event instanceof GenTcpEvent.ConnectionClosed end && end.connection() == connection
					&& closed.complete(end)));
		return closed.join();
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes());
	}

	private static SendTimeoutException catchSendTimeout(Runnable send) {
		return catchThrowableOfType(SendTimeoutException.class, send::run);
	}

}
