package io.gentcp.spring.core;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.AcceptResult;
import io.gentcp.GenTcp;
import io.gentcp.ListenResult;
import io.gentcp.ListenSocket;
import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.TestClient.PATIENCE;
import static io.gentcp.spring.core.TestClient.sendTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A client of a local socket, whose peer reads when the test does. */
@Timeout(60)
class LocalSocketTests {

	private static final Duration SOON = Duration.ofMillis(50);

	@TempDir
	private Path folder;

	private GenTcp genTcp;

	private Path path;

	private ListenSocket listen;

	@BeforeEach
	void listen() {
		this.genTcp = GenTcp.open();
		this.path = this.folder.resolve("orders.sock");
		ListenResult result = this.genTcp.listen(UnixDomainSocketAddress.of(this.path),
				SocketOptions.defaults().packet(PacketType.FOUR));
		assertThat(result).isInstanceOf(ListenResult.Listening.class);
		this.listen = ((ListenResult.Listening) result).socket();
	}

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@ParameterizedTest
	@EnumSource
	void packetsAreSentAndRepliedTo(Backend backend) throws Exception {
		try (TestClient ours = client((settings) -> settings.options(settings.options().backend(backend)))) {
			Thread peer = Thread.ofVirtual().start(() -> {
				TcpSocket socket = accept();
				assertThat(socket.send(received(socket))).isEqualTo(new SendResult.Sent());
			});
			assertThat(ours.client().sendAndReceive(LARGE)).isEqualTo(LARGE);
			assertThat(peer.join(PATIENCE)).isTrue();
			assertThat(ours.client()).hasToString("client orders (%s)".formatted(this.path));
			assertThat(ours.client().settings().address()).isEqualTo(UnixDomainSocketAddress.of(this.path));
			assertThatIllegalStateException().isThrownBy(ours.client().settings()::port)
				.withMessage("client orders (%s) connects to a path, and has no host and port".formatted(this.path));
		}
	}

	@Test
	void theBackgroundCompletesAPacketThatIsPartlyOut() {
		try (TestClient ours = client(sendTimeout(SOON))) {
			SendTimeoutException ex = timeOut(ours);
			assertThat(ex.recovery()).isNotDone();
			assertThat(received(accept())).isEqualTo(LARGE);
			assertThat(ex.recovery()).succeedsWithin(PATIENCE);
			assertThat(ours.client().counters().recoveries(RecoveryOutcome.COMPLETED)).isOne();
		}
	}

	@Test
	void theCallerCompletesAPacketThatIsPartlyOut() throws Exception {
		try (TestClient ours = client((settings) -> sendTimeout(SOON).apply(settings).recovery(Recovery.MANUAL))) {
			SendTimeoutException ex = timeOut(ours);
			assertThatExceptionOfType(PartialPacketException.class).isThrownBy(() -> ours.client().send(SMALL));
			Thread peer = Thread.ofVirtual().start(() -> {
				TcpSocket socket = accept();
				assertThat(received(socket)).isEqualTo(LARGE);
				assertThat(received(socket)).isEqualTo(SMALL);
			});
			ours.client().execute((socket) -> socket.setOptions((options) -> options.sendTimeout(PATIENCE)));
			ours.client().resume(ex.rest());
			ours.client().send(SMALL);
			assertThat(peer.join(PATIENCE)).isTrue();
		}
	}

	@Test
	void theConnectionIsClosedAtASendTimeoutIfThatIsAskedFor() {
		try (TestClient ours = client((settings) -> sendTimeout(SOON).apply(settings).recovery(Recovery.CLOSE))) {
			timeOut(ours);
			assertThat(accept().recv(PATIENCE)).isEqualTo(new RecvResult.Closed());
			assertThat(ours.client().isConnected()).isFalse();
		}
	}

	@Test
	void aPacketThatIsQueuedGoesOutByItself() {
		try (TestClient ours = client(
				(settings) -> sendTimeout(SOON).apply(settings.options(settings.options().backend(Backend.INET))))) {
			ours.client().send(LARGE);
			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class, () -> ours.client().send(SMALL));
			assertThat(ex.isQueued()).isTrue();
			TcpSocket peer = accept();
			assertThat(received(peer)).isEqualTo(LARGE);
			assertThat(received(peer)).isEqualTo(SMALL);
			assertThat(ex.queued()).succeedsWithin(PATIENCE);
		}
	}

	@Test
	void theConnectionIsOpenedAgainAfterThePeerHasClosedIt() {
		try (TestClient ours = client(UnaryOperator.identity())) {
			ours.client().send(SMALL);
			accept().close();
			await().atMost(PATIENCE).until(() -> !ours.client().isConnected());
			ours.client().send(SMALL);
			assertThat(received(accept())).isEqualTo(SMALL);
		}
	}

	@Test
	void aPathWhereNobodyListensIsSaid() throws Exception {
		this.listen.close();
		assertConnectingFails("econnrefused (connection refused); nothing was sent, and the next send tries again. "
				+ "The file is there, but nobody listens on it");
		Files.delete(this.path);
		assertConnectingFails("enoent (no such file or directory); nothing was sent, and the next send tries again. "
				+ "There is no such file: does the peer listen on this path?");
	}

	private void assertConnectingFails(String reason) {
		try (TestClient ours = client(UnaryOperator.identity())) {
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> ours.client().send(SMALL))
				.withMessage("client orders (%s): connecting failed: %s".formatted(this.path, reason));
		}
	}

	@CanIgnoreReturnValue
	private SendTimeoutException timeOut(TestClient ours) {
		SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class, () -> ours.client().send(LARGE));
		assertThat(ex.bytesOut()).isPositive();
		assertThat(ex.bytesTotal()).isEqualTo(4 + LARGE.length);
		assertThat(ex).hasMessageContaining("client orders (%s)", this.path)
			.hasMessageContaining("%d of %d bytes are out", ex.bytesOut(), ex.bytesTotal());
		return ex;
	}

	private TestClient client(UnaryOperator<GenTcpClientSettings> change) {
		return TestClient.of(GenTcpClientSettings.local("orders", this.path), change);
	}

	private TcpSocket accept() {
		AcceptResult result = this.listen.accept(PATIENCE);
		assertThat(result).isInstanceOf(AcceptResult.Accepted.class);
		return ((AcceptResult.Accepted) result).socket();
	}

	private static byte[] received(TcpSocket socket) {
		RecvResult result = socket.recv(PATIENCE);
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((Packet.Bytes) ((RecvResult.Received) result).packet()).array();
	}

}
