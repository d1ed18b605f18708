package io.gentcp.spring.listener;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.gentcp.spring.core.PacketHandler;
import io.gentcp.ActiveMode;
import io.gentcp.GenTcp;
import io.gentcp.test.PeerConnection;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@ValueSource(strings = { "once", "true", "3" })
@ExtendWith(OutputCaptureExtension.class)
class StartAndStopTests {

	private static final PacketHandler ECHO = (packet, connection) -> ServingTests.upperCase(packet);

	@Parameter
	String active;

	@Test
	void whenStartReturnsPeersCanConnect() {
		try (RunningServer server = serve(ECHO); PeerConnection peer = server.connect()) {
			assertThat(server.container().isRunning()).isTrue();
			assertThat(server.container().port()).isEqualTo(peer.remoteAddress().getPort());
		}
	}

	@Test
	void startingOnAPortInUseFailsWithTheReason() {
		try (RunningServer server = serve(ECHO); GenTcp genTcp = GenTcp.open()) {
			GenTcpListenerContainer second = new GenTcpListenerContainer(genTcp,
					GenTcpServerSettings.of("second", server.container().port())
						.address(InetAddress.getLoopbackAddress()),
					Thread::startVirtualThread);
			second.setPacketHandler(ECHO);
			assertThatExceptionOfType(GenTcpListenException.class).isThrownBy(second::start)
				.withMessageContaining("second")
				.withMessageContaining("port " + server.container().port())
				.satisfies((ex) -> assertThat(ex.error()).isEqualTo(PosixError.EADDRINUSE));
			assertThat(second.isRunning()).isFalse();
		}
	}

	@Test
	void withoutAHandlerItDoesNotStart() {
		try (GenTcp genTcp = GenTcp.open()) {
			GenTcpListenerContainer container = new GenTcpListenerContainer(genTcp, GenTcpServerSettings.of("edge", 0),
					Thread::startVirtualThread);
			assertThat(container.isAutoStartup()).isFalse();
			assertThatIllegalStateException().isThrownBy(container::start).withMessageContaining("server edge");
			assertThatIllegalStateException().isThrownBy(container::port).withMessageContaining("not started");
			container.stop();
		}
	}

	@RepeatedTest(20)
	void withPortZeroARestartKeepsThePort() {
		try (RunningServer server = serve(ECHO)) {
			int port = server.container().port();
			try (PeerConnection peer = server.connect()) {
				peer.send(framed("one"));
				awaitPackets(peer, "ONE");
				server.container().stop();
				assertThat(server.container().isRunning()).isFalse();
				assertThat(server.container().port()).isEqualTo(port);
			}
			server.container().start();
			assertThat(server.container().port()).isEqualTo(port);
			try (PeerConnection peer = server.connect()) {
				peer.send(framed("two"));
				assertThat(awaitPackets(peer, "TWO")).containsExactly("TWO");
			}
		}
	}

	@Test
	void stoppingClosesIdleConnectionsAtOnce() {
		try (RunningServer server = serve(ECHO); PeerConnection peer = server.connect()) {
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 1);
			server.container().stop();
			peer.awaitEndOfStream(PATIENCE);
			assertThat(server.container().activeConnections()).isZero();
		}
	}

	@Test
	void stoppingLetsThePacketBeingHandledFinishWithItsReply() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		try (RunningServer server = serve((packet, connection) -> {
			handling.countDown();
			release.await();
			return ServingTests.upperCase(packet);
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("first"));
			handling.await();
			peer.send(framed("second"));
			server.container().stop(stopped::countDown);
			assertThat(server.container().isRunning()).isFalse();
			assertThat(stopped.getCount()).isOne();
			release.countDown();
			await().atMost(PATIENCE).until(() -> stopped.getCount() == 0);
			assertThat(awaitPackets(peer, "FIRST")).containsExactly("FIRST");
		}
	}

	@Test
	void stoppingInterruptsAHandlerThatTakesTooLong(CapturedOutput output) throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		try (RunningServer server = serve((packet, connection) -> {
			handling.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
			return null;
		}, (settings) -> settings.stopTimeout(Duration.ofMillis(100))); PeerConnection peer = server.connect()) {
			peer.send(framed("x"));
			handling.await();
			server.container().stop();
			assertThat(interrupted).isTrue();
			assertThat(server.container().activeConnections()).isZero();
			assertThat(output).contains("1 packets are still being handled after PT0.1S");
		}
	}

	@Test
	void stoppingTwiceRunsBothCallbacks() {
		CountDownLatch callbacks = new CountDownLatch(2);
		try (RunningServer server = serve(ECHO)) {
			server.container().stop(callbacks::countDown);
			server.container().stop(callbacks::countDown);
			await().atMost(PATIENCE).until(() -> callbacks.getCount() == 0);
		}
	}

	@Test
	void closingTheRuntimeStopsTheServer() {
		GenTcp genTcp = GenTcp.open();
		GenTcpListenerContainer container = new GenTcpListenerContainer(genTcp, GenTcpServerSettings.of("edge", 0),
				Thread::startVirtualThread);
		container.setPacketHandler(ECHO);
		container.start();
		genTcp.close();
		await().atMost(PATIENCE).until(() -> !container.isRunning());
		container.stop();
	}

	@Test
	void aRunningServerHasOneThreadThatKeepsTheJvmAlive() {
		AtomicReference<Thread> acceptor = new AtomicReference<>();
		try (RunningServer server = serve((packet, connection) -> ByteBuffer.allocate(0))) {
			Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("gentcp-edge-accept") && thread.isAlive())
				.forEach(acceptor::set);
			assertThat(acceptor.get()).isNotNull().matches((thread) -> !thread.isDaemon() && !thread.isVirtual());
			server.container().stop();
			await().atMost(PATIENCE).until(() -> !acceptor.get().isAlive());
		}
	}

	private RunningServer serve(PacketHandler handler) {
		return serve(handler, UnaryOperator.identity());
	}

	private RunningServer serve(PacketHandler handler, UnaryOperator<GenTcpServerSettings> change) {
		return RunningServer.with(handler, (settings) -> change.apply(settings.active(ActiveMode.of(this.active))));
	}

}
