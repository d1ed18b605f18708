package io.gentcp.spring.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

import io.gentcp.SocketOptions;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.metrics.MeteredEndpoints.PATIENCE;
import static io.gentcp.spring.metrics.MeteredEndpoints.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The meters of a server say what it did. */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(120)
class ServerMetersTests {

	private static final int LARGE = 4 * 1024 * 1024;

	private static final PacketHandler ECHO = (packet, connection) -> ByteBuffer.wrap(PacketBytes.of(packet));

	private final Backend backend;

	private final MeteredEndpoints meters;

	ServerMetersTests(Backend backend) {
		this.backend = backend;
		this.meters = new MeteredEndpoints(backend, true);
	}

	@AfterEach
	void close() {
		this.meters.close();
	}

	private static UnaryOperator<GenTcpServerSettings> options(UnaryOperator<SocketOptions> change) {
		return (settings) -> settings.options(change.apply(settings.options()));
	}

	private static PeerConnection connect(GenTcpListenerContainer server, Step... script) {
		return ScriptedPeer.connecting("127.0.0.1", server.port(), script);
	}

	private static byte[] onWire(String packet) {
		byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
	}

	@Test
	void packetsAndRepliesAreCountedOnEveryConnection() {
		GenTcpListenerContainer server = this.meters.server(ECHO, UnaryOperator.identity());
		try (PeerConnection one = connect(server); PeerConnection other = connect(server)) {
			one.send(onWire("one"));
			other.send(onWire("other"));
			one.awaitReceived(7, PATIENCE);
			other.awaitReceived(9, PATIENCE);

			this.meters.awaitValue(2, GenTcpMeter.PACKETS_SENT);
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS)).isEqualTo(2);
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_OPENED)).isEqualTo(2);
			assertThat(this.meters.value(GenTcpMeter.PACKETS_RECEIVED)).isEqualTo(2);
			assertThat(this.meters.value(GenTcpMeter.BYTES_RECEIVED)).isEqualTo(16);
			assertThat(this.meters.value(GenTcpMeter.BYTES_SENT)).isEqualTo(16);
			assertThat(this.meters.total(GenTcpMeter.PACKET_SIZE, "direction", "received")).isEqualTo(8);
			assertThat(this.meters.total(GenTcpMeter.PACKET_SIZE, "direction", "sent")).isEqualTo(8);
		}
		this.meters.awaitValue(2, GenTcpMeter.CONNECTION_DURATION);
		assertThat(this.meters.value(GenTcpMeter.CONNECTIONS)).isZero();
		assertThat(this.meters.value(GenTcpMeter.BYTES_SENT)).as("of connections that have ended").isEqualTo(16);
	}

	@Test
	void aHandlerIsActiveUntilItReturns() {
		CountDownLatch mayReturn = new CountDownLatch(1);
		GenTcpListenerContainer server = this.meters.server((packet, connection) -> {
			mayReturn.await();
			return null;
		}, UnaryOperator.identity());
		try (PeerConnection one = connect(server); PeerConnection other = connect(server)) {
			assertThat(this.meters.value(GenTcpMeter.LISTENER_ACTIVE)).isZero();
			one.send(onWire("x"));
			other.send(onWire("x"));
			this.meters.awaitValue(2, GenTcpMeter.LISTENER_ACTIVE);

			mayReturn.countDown();

			this.meters.awaitValue(0, GenTcpMeter.LISTENER_ACTIVE);
		}
	}

	@Test
	void aHandlerThatFailsIsCountedByWhatItThrewAndIsActiveNoLonger() {
		GenTcpListenerContainer server = this.meters.server((packet, connection) -> {
			throw switch (new String(PacketBytes.of(packet), StandardCharsets.UTF_8)) {
				case "state" -> new IllegalStateException("127.0.0.1:4000");
				default -> new RuntimeException("of a class without a name") {
				};
			};
		}, UnaryOperator.identity());
		try (PeerConnection one = connect(server); PeerConnection other = connect(server)) {
			one.send(onWire("state"));
			one.awaitEndOfStream(PATIENCE);
			other.send(onWire("anonymous"));
			other.awaitEndOfStream(PATIENCE);

			assertThat(this.meters.value(GenTcpMeter.LISTENER_ERRORS, "exception", "IllegalStateException")).isOne();
			assertThat(this.meters.value(GenTcpMeter.LISTENER_ERRORS, "exception", "ServerMetersTests$1")).isOne();
			assertThat(this.meters.value(GenTcpMeter.LISTENER_ACTIVE)).isZero();
			this.meters.awaitValue(2, GenTcpMeter.CONNECTIONS_CLOSED, "reason", "error");
		}
	}

	@Test
	void stoppingEndsConnectionsAsAShutdown() {
		GenTcpListenerContainer server = this.meters.server(ECHO, UnaryOperator.identity());
		try (PeerConnection peer = connect(server)) {
			this.meters.awaitValue(1, GenTcpMeter.CONNECTIONS);
			server.stop();
			peer.awaitEndOfStream(PATIENCE);

			this.meters.awaitValue(1, GenTcpMeter.CONNECTIONS_CLOSED, "reason", "shutdown");
		}
	}

	@Test
	void aPeerThatSendsWhatIsNoPacketIsADecodeError() {
		GenTcpListenerContainer server = this.meters.server(ECHO, options((options) -> options.packetSize(10)));
		try (PeerConnection peer = connect(server)) {
			peer.send(onWire("more than ten"));
			peer.awaitEndOfStream(PATIENCE);

			this.meters.awaitValue(1, GenTcpMeter.DECODE_ERRORS, "packet.type", "4");
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_CLOSED, "reason", "protocol")).isOne();
		}
	}

	@Test
	void aReplyThatIsNotReadInTimeClosesTheConnection() {
		assumeThat(this.backend).as("on the inet backend a reply is queued").isEqualTo(Backend.SOCKET);
		GenTcpListenerContainer server = this.meters.server(ServerMetersTests::large,
				options((options) -> options.sendTimeout(SHORT)));
		try (PeerConnection peer = connect(server, Step.stall())) {
			peer.send(onWire("x"));

			this.meters.awaitValue(1, GenTcpMeter.CONNECTIONS_CLOSED, "reason", "send_timeout");
			this.meters.awaitValue(1, GenTcpMeter.RECOVERY_DURATION, "outcome", "closed");
			assertThat(this.meters.value(GenTcpMeter.SEND_TIMEOUTS, "packet", "partial")).isOne();
			assertThat(this.meters.value(GenTcpMeter.SEND_BLOCKED)).isOne();
		}
	}

	@Test
	void aReplyThatFindsNoRoomInTheQueueClosesTheConnection() {
		assumeThat(this.backend).as("only the inet backend queues").isEqualTo(Backend.INET);
		GenTcpListenerContainer server = this.meters.server(ServerMetersTests::large,
				options((options) -> options.maxPending(LARGE + 4)));
		try (PeerConnection peer = connect(server, Step.stall())) {
			peer.send(onWire("x"));
			this.meters.awaitValue(1, GenTcpMeter.PACKETS_SENT);
			await().untilAsserted(() -> assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "queue"))
				.isEqualTo(LARGE + 4 - this.meters.value(GenTcpMeter.BYTES_SENT))
				.isPositive());

			peer.send(onWire("x"));

			this.meters.awaitValue(1, GenTcpMeter.CONNECTIONS_CLOSED, "reason", "overload");
			assertThat(this.meters.value(GenTcpMeter.PACKETS_SENT)).isOne();
		}
	}

	private static ByteBuffer large(Packet packet, Object connection) {
		return ByteBuffer.allocate(LARGE);
	}

}
