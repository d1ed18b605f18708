package io.gentcp.spring.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.gentcp.RecvResult;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.ConnectionHandler;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server whose connections are served as a whole. */
class ConnectionHandlerTests {

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private RunningServer server(ConnectionHandler handler) {
		return RunningServer.serving(handler, this.events::add);
	}

	private static byte[] receive(GenTcpConnection connection) {
		return (connection.socket().recv() instanceof RecvResult.Received(Packet packet)) ? PacketBytes.of(packet)
				: new byte[0];
	}

	private CloseReason closed() {
		AtomicReference<CloseReason> reason = new AtomicReference<>();
		await().atMost(PATIENCE).until(() -> this.events.stream().anyMatch((event) -> {
			if (event instanceof GenTcpEvent.ConnectionClosed closed) {
				reason.set(closed.end().reason());
			}
			return reason.get() != null;
		}));
		return reason.get();
	}

	@Test
	void itReceivesAndSendsOnAVirtualThreadUntilThePeerIsGone() {
		try (RunningServer server = server((connection) -> {
			assertThat(Thread.currentThread().isVirtual()).isTrue();
			byte[] packet = receive(connection);
			while (packet.length > 0) {
				connection.send(packet);
				packet = receive(connection);
			}
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("one"));
			peer.send(framed("two"));
			assertThat(awaitPackets(peer, "one", "two")).containsExactly("one", "two");
			peer.close();
			assertThat(closed()).isEqualTo(CloseReason.PEER);
		}
	}

	@Test
	void whenItReturnsTheConnectionIsClosed() {
		try (RunningServer server = server((connection) -> connection.send("bye".getBytes()));
				PeerConnection peer = server.connect()) {
			assertThat(awaitPackets(peer, "bye")).containsExactly("bye");
			peer.awaitEndOfStream(PATIENCE);
			assertThat(closed()).isEqualTo(CloseReason.LOCAL);
		}
	}

	@Test
	void whatItThrowsIsToldAndClosesTheConnection() {
		IllegalStateException failure = new IllegalStateException("no stock");
		try (RunningServer server = server((connection) -> {
			throw failure;
		}); PeerConnection peer = server.connect()) {
			peer.awaitEndOfStream(PATIENCE);
			assertThat(closed()).isEqualTo(CloseReason.ERROR);
			assertThat(this.events)
				.anyMatch((event) -> event instanceof GenTcpEvent.HandlerFailed failed && failed.failure() == failure);
		}
	}

	@Test
	void whenTheServerStopsItSeesTheEndAndMayFinishWhatItDoes() {
		CountDownLatch received = new CountDownLatch(1);
		try (RunningServer server = server((connection) -> {
			byte[] packet = receive(connection);
			received.countDown();
			// The end of the stream.
			assertThat(receive(connection)).isEmpty();
			connection.send(packet);
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("last"));
			await().atMost(PATIENCE).until(() -> received.getCount() == 0);
			server.container().stop();
			assertThat(awaitPackets(peer, "last")).containsExactly("last");
			peer.awaitEndOfStream(PATIENCE);
			assertThat(closed()).isEqualTo(CloseReason.SHUTDOWN);
		}
	}

	@Test
	void whoeverDoesNotFinishInTimeIsInterrupted() {
		CountDownLatch interrupted = new CountDownLatch(1);
		try (RunningServer server = RunningServer.serving((connection) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		}, this.events::add, (settings) -> settings.stopTimeout(Duration.ofMillis(20)));
				PeerConnection peer = server.connect()) {
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 1);
			server.container().stop();
			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> interrupted.getCount() == 0);
			assertThat(closed()).isEqualTo(CloseReason.SHUTDOWN);
		}
	}

}
