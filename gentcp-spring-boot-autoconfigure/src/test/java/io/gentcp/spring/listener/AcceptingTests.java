package io.gentcp.spring.listener;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.AcceptResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class AcceptingTests {

	private static final PacketHandler ECHO = (packet, connection) -> ServingTests.upperCase(packet);

	@Test
	void atMaxConnectionsFurtherPeersWaitUntilAConnectionEnds() {
		try (RunningServer server = RunningServer.with(ECHO, (settings) -> settings.maxConnections(2));
				PeerConnection first = server.connect();
				PeerConnection second = server.connect();
				PeerConnection third = server.connect()) {
			third.send(framed("third"));
			first.send(framed("first"));
			second.send(framed("second"));
			awaitPackets(first, "FIRST");
			awaitPackets(second, "SECOND");
			assertThat(server.container().activeConnections()).isEqualTo(2);
			assertThat(third.receivedCount()).isZero();
			first.close();
			assertThat(awaitPackets(third, "THIRD")).containsExactly("THIRD");
			assertThat(server.container().activeConnections()).isEqualTo(2);
		}
	}

	@Test
	void aServerAtMaxConnectionsCanBeStopped() {
		CountDownLatch stopped = new CountDownLatch(1);
		try (RunningServer server = RunningServer.with(ECHO, (settings) -> settings.maxConnections(1));
				PeerConnection only = server.connect()) {
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 1);
			server.container().stop(stopped::countDown);
			await().atMost(PATIENCE).until(() -> stopped.getCount() == 0);
			only.awaitEndOfStream(PATIENCE);
		}
	}

	@Test
	void aShortageIsReportedOnceAndAcceptingGoesOnAfterIt(CapturedOutput output) {
		AcceptResult shortage = new AcceptResult.Failed(PosixError.EMFILE);
		AcceptResult gone = new AcceptResult.Failed(PosixError.ECONNABORTED);
		Iterator<AcceptResult> before = List.of(gone, shortage, shortage).iterator();
		try (GenTcp genTcp = GenTcp.open()) {
			GenTcpServerSettings settings = GenTcpServerSettings.of("edge", 0);
			ListenSocket socket = listen(genTcp, settings);
			Supplier<AcceptResult> accept = () -> before.hasNext() ? before.next() : socket.accept();
			GenTcpConnections open = new GenTcpConnections(settings.connectionSettings(), Thread::startVirtualThread);
			Connections connections = new Connections(settings, open,
					(connection) -> new PacketLoop(connection, open, settings.active(), ECHO));
			Thread acceptor = Thread.ofVirtual().start(new AcceptLoop("server edge", accept, connections));
			try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", socket.port())) {
				await().atMost(PATIENCE).until(() -> connections.count() == 1);
				socket.close();
				await().atMost(PATIENCE).until(() -> !acceptor.isAlive());
				connections.stop();
				connections.finish(PATIENCE);
				peer.awaitEndOfStream(PATIENCE);
			}
		}
		assertThat(output.toString().lines().filter((line) -> line.contains(" WARN "))).singleElement()
			.asString()
			.contains("server edge")
			.contains("emfile");
	}

	private static ListenSocket listen(GenTcp genTcp, GenTcpServerSettings settings) {
		return switch (genTcp.listen(0, settings.options())) {
			case ListenResult.Listening(ListenSocket socket) -> socket;
			case ListenResult.Failed(PosixError error) -> throw new AssertionError(error.toString());
		};
	}

}
