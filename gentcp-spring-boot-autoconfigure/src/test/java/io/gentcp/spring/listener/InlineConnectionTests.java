package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.test.PeerConnection;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is particular to packets that are handled on a poller. */
@Timeout(60)
class InlineConnectionTests {

	private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

	private final Queue<GenTcpConnection> connections = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource(Backend.class)
	void thePollerHandlesWhatItFinds(Backend backend) {
		try (RunningServer server = serve(backend); PeerConnection peer = server.connect()) {
			peer.send(framed("a"));
			assertThat(awaitPackets(peer, "a")).containsExactly("a");
			peer.send(framed("b"));
			assertThat(awaitPackets(peer, "a", "b")).containsExactly("a", "b");
			// The first may have been there before anybody asked the poller.
			assertThat(this.threads).hasSize(2);
			assertThat(List.copyOf(this.threads).getLast().getName()).contains("-poller-");
		}
	}

	@Test
	void aPeerThatLeavesEndsIt() throws Exception {
		try (RunningServer server = serve(Backend.INET); PeerConnection peer = server.connect()) {
			peer.send(framed("a"));
			assertThat(awaitPackets(peer, "a")).containsExactly("a");
			peer.halfClose();
			peer.awaitEndOfStream(PATIENCE);
			assertThat(end().reason()).isEqualTo(CloseReason.PEER);
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 0);
		}
	}

	@Test
	void aStoppedServerClosesWhatIsIdle() throws Exception {
		try (RunningServer server = serve(Backend.INET); PeerConnection peer = server.connect()) {
			peer.send(framed("a"));
			assertThat(awaitPackets(peer, "a")).containsExactly("a");
			server.container().stop();
			peer.awaitEndOfStream(PATIENCE);
			assertThat(end().reason()).isEqualTo(CloseReason.SHUTDOWN);
			assertThat(server.container().activeConnections()).isZero();
		}
	}

	@Test
	void aConnectionThatItsHandlerClosesIsClosedByTheApplication() throws Exception {
		try (RunningServer server = RunningServer.reading(RunningServer.INLINE, (packet, connection) -> {
			this.connections.add(connection);
			connection.close();
			return null;
		}, UnaryOperator.identity()); PeerConnection peer = server.connect()) {
			peer.send(framed("a"));
			peer.awaitEndOfStream(PATIENCE);
			assertThat(end().reason()).isEqualTo(CloseReason.LOCAL);
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 0);
		}
	}

	@Test
	void whatIsNoPacketIsTheReasonOfTheEnd() throws Exception {
		try (RunningServer server = RunningServer.reading(RunningServer.INLINE, (packet, connection) -> {
			this.connections.add(connection);
			return ByteBuffer.wrap(PacketBytes.of(packet));
		}, (settings) -> settings.options(settings.options().packetSize(10))); PeerConnection peer = server.connect()) {
			peer.send(framed("a"));
			assertThat(awaitPackets(peer, "a")).containsExactly("a");
			peer.send(framed("elevenbytes"));
			assertThat(end().reason()).isEqualTo(CloseReason.PROTOCOL);
		}
	}

	private RunningServer serve(Backend backend) {
		return RunningServer.reading(RunningServer.INLINE, (packet, connection) -> {
			this.threads.add(Thread.currentThread());
			this.connections.add(connection);
			return ByteBuffer.wrap(PacketBytes.of(packet));
		}, (settings) -> settings.options(settings.options().backend(backend)));
	}

	private ConnectionEnd end() throws Exception {
		return this.connections.element().whenClosed().get(10, TimeUnit.SECONDS);
	}

}
