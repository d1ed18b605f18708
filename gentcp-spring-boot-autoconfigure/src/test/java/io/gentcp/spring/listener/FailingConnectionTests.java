package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@ValueSource(strings = { "once", "true", "3", RunningServer.INLINE })
@ExtendWith(OutputCaptureExtension.class)
class FailingConnectionTests {

	@Parameter
	String active;

	@Test
	void aHandlerThatThrowsClosesTheConnectionAndLogsOneError(CapturedOutput output) {
		try (RunningServer server = serve((packet, connection) -> {
			throw new IllegalStateException("no stock");
		}); PeerConnection peer = server.connect(); PeerConnection other = server.connect()) {
			peer.send(framed("secret order"));
			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> lines(output, " ERROR ") == 1);
			assertThat(output).contains("server edge")
				.contains("12 bytes")
				.contains("-> /127.0.0.1:" + peer.localAddress().getPort())
				.contains("IllegalStateException: no stock")
				.doesNotContain("secret");
			assertThat(lines(output, " WARN ")).isZero();
			assertThat(other.streamEnd()).isInstanceOf(StreamEnd.Open.class);
		}
	}

	@Test
	void anErrorOfAHandlerIsLoggedLikeAnException(CapturedOutput output) {
		try (RunningServer server = serve((packet, connection) -> {
			throw new StackOverflowError();
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("x"));
			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> lines(output, " ERROR ") == 1);
		}
	}

	@Test
	void aReplyThatThePacketTypeCannotCarryIsTheHandlersFailure(CapturedOutput output) {
		try (RunningServer server = serve((packet, connection) -> ByteBuffer.allocate(256),
				(settings) -> settings.options(settings.options().packet(PacketType.ONE)));
				PeerConnection peer = server.connect()) {
			peer.send(new byte[] { 1, 'x' });
			peer.awaitEndOfStream(PATIENCE);
			await().atMost(PATIENCE).until(() -> lines(output, " ERROR ") == 1);
		}
	}

	@Test
	void aPacketThatIsTooLargeClosesTheConnectionAndLogsOneWarning(CapturedOutput output) {
		try (RunningServer server = serve((packet, connection) -> null,
				(settings) -> settings.options(settings.options().packetSize(10)));
				PeerConnection peer = server.connect()) {
			peer.send(framed("elevenbytes"));
			await().atMost(PATIENCE).until(() -> lines(output, " WARN ") == 1);
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 0);
			assertThat(output).contains("server edge").contains("packet_size").doesNotContain("elevenbytes");
			assertThat(lines(output, " ERROR ")).isZero();
		}
	}

	@Test
	void aPeerThatLeavesIsNobodysFailure(CapturedOutput output) {
		debug();
		AtomicReference<PeerConnection> reset = new AtomicReference<>();
		try (RunningServer server = serve((packet, connection) -> {
			reset.get().reset();
			return ByteBuffer.allocate(1);
		}); PeerConnection clean = server.connect(); PeerConnection torn = server.connect()) {
			reset.set(server.connect());
			clean.halfClose();
			torn.send(new byte[] { 0, 0, 0, 9, 'x' });
			torn.reset();
			reset.get().send(framed("x"));
			await().atMost(PATIENCE).until(() -> lines(output, " ended, ") == 3);
			assertThat(lines(output, " DEBUG ")).isGreaterThanOrEqualTo(3);
			assertThat(lines(output, " WARN ") + lines(output, " ERROR ")).isZero();
		}
	}

	@Test
	void aReplyThatIsNotReadClosesTheConnectionAtTheSendTimeout(CapturedOutput output) {
		try (RunningServer server = serve(
				(packet, connection) -> ByteBuffer.allocate((PacketBytes.of(packet).length == 1) ? 8 * 1024 * 1024 : 5),
				(settings) -> settings
					.options(settings.options().sndbuf(16 * 1024).sendTimeout(Duration.ofMillis(200))));
				PeerConnection stalled = server.connect(PeerOptions.DEFAULTS, Step.stall());
				PeerConnection other = server.connect(PeerOptions.DEFAULTS.withDiscard(true))) {
			stalled.send(framed("x"));
			await().atMost(PATIENCE).until(() -> lines(output, " WARN ") == 1);
			assertThat(output).contains("not out within send-timeout (200ms)").contains("of 8388612 bytes are out");
			other.send(framed("short"));
			other.awaitReceived(9, PATIENCE);
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 1);
			assertThat(lines(output, " ERROR ")).isZero();
		}
	}

	@Test
	void theOtherConnectionsGoOn(CapturedOutput output) {
		try (RunningServer server = serve((packet, connection) -> {
			if (ServingTests.upperCase(packet).remaining() == 1) {
				throw new IllegalStateException();
			}
			return ServingTests.upperCase(packet);
		}); PeerConnection failing = server.connect(); PeerConnection other = server.connect()) {
			failing.send(framed("x"));
			failing.awaitEndOfStream(PATIENCE);
			other.send(framed("still there"));
			assertThat(awaitPackets(other, "STILL THERE")).containsExactly("STILL THERE");
		}
	}

	private static void debug() {
		((Logger) LoggerFactory.getLogger(GenTcpConnection.class)).setLevel(Level.DEBUG);
	}

	@AfterEach
	void quiet() {
		((Logger) LoggerFactory.getLogger(GenTcpConnection.class)).setLevel(null);
	}

	private static long lines(CapturedOutput output, String text) {
		return output.toString().lines().filter((line) -> line.contains(text)).count();
	}

	private RunningServer serve(PacketHandler handler) {
		return serve(handler, UnaryOperator.identity());
	}

	private RunningServer serve(PacketHandler handler, UnaryOperator<GenTcpServerSettings> change) {
		return RunningServer.reading(this.active, handler, change);
	}

}
