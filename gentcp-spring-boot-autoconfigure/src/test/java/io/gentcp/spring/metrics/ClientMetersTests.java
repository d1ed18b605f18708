package io.gentcp.spring.metrics;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.gentcp.SocketOptions;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Recovery;
import io.gentcp.spring.core.ReplyTimeoutException;
import io.gentcp.spring.core.SendTimeoutException;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The meters of a client say what it did. */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(120)
class ClientMetersTests {

	/** More than a stalled peer and the kernel take. */
	private static final byte[] LARGE = new byte[1_000_000];

	private final Backend backend;

	private final MeteredEndpoints meters;

	ClientMetersTests(Backend backend) {
		this.backend = backend;
		this.meters = new MeteredEndpoints(backend, true);
	}

	@AfterEach
	void close() {
		this.meters.close();
	}

	private static UnaryOperator<GenTcpClientSettings> options(UnaryOperator<SocketOptions> change) {
		return (settings) -> settings.options(change.apply(settings.options()));
	}

	private static UnaryOperator<GenTcpClientSettings> sendTimeout(Duration timeout) {
		return options((options) -> options.sendTimeout(timeout));
	}

	/** A client that recovers packets so, and does not wait long. */
	private static UnaryOperator<GenTcpClientSettings> recovering(Recovery recovery) {
		return (settings) -> sendTimeout(SHORT).apply(settings).recovery(recovery);
	}

	private static SendTimeoutException timeout(GenTcpTemplate client, byte[] packet) {
		return catchThrowableOfType(SendTimeoutException.class, () -> client.send(packet));
	}

	private static byte[] onWire(int... packet) {
		ByteBuffer bytes = ByteBuffer.allocate(4 + packet.length).putInt(packet.length);
		for (int value : packet) {
			bytes.put((byte) value);
		}
		return bytes.array();
	}

	/** Recovery exists on this backend only. */
	private void assumeRecovery() {
		assumeThat(this.backend).as("only the socket backend has partial packets").isEqualTo(Backend.SOCKET);
	}

	@Test
	void packetsAndBytesAreCountedOnceInEachDirection() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			this.meters.client(peer.port(), UnaryOperator.identity()).send(new byte[3]);
			PeerConnection connection = peer.accept(PATIENCE);
			connection.send(onWire(1, 2, 3, 4, 5));
			this.meters.awaitValue(1, GenTcpMeter.REQUEST_UNCORRELATED);

			assertThat(this.meters.value(GenTcpMeter.PACKETS_SENT)).isOne();
			assertThat(this.meters.value(GenTcpMeter.BYTES_SENT)).isEqualTo(4 + 3);
			assertThat(this.meters.value(GenTcpMeter.PACKETS_RECEIVED)).isOne();
			assertThat(this.meters.value(GenTcpMeter.BYTES_RECEIVED)).isEqualTo(4 + 5);
			assertThat(this.meters.value(GenTcpMeter.PACKET_SIZE, "direction", "sent")).isOne();
			assertThat(this.meters.total(GenTcpMeter.PACKET_SIZE, "direction", "sent")).isEqualTo(3);
			assertThat(this.meters.value(GenTcpMeter.PACKET_SIZE, "direction", "received")).isOne();
			assertThat(this.meters.total(GenTcpMeter.PACKET_SIZE, "direction", "received")).isEqualTo(5);
			assertThat(this.meters.value(GenTcpMeter.SEND_BLOCKED)).isZero();
		}
	}

	@Test
	void aConnectionIsOpenUntilItsPeerClosesIt() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.meters.client(peer.port(), UnaryOperator.identity());
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS)).isZero();
			client.send("x");
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS)).isOne();
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_OPENED)).isOne();
			assertThat(this.meters.value(GenTcpMeter.RECONNECT_ATTEMPTS, "outcome", "connected")).isOne();

			peer.accept(PATIENCE).close();

			this.meters.awaitValue(1, GenTcpMeter.CONNECTION_DURATION);
			assertThat(this.meters.total(GenTcpMeter.CONNECTION_DURATION)).isPositive();
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS)).isZero();
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_CLOSED, "reason", "peer")).isOne();
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_CLOSED, "reason", "shutdown")).isZero();
		}
	}

	@Test
	void anAttemptToConnectThatFailsIsCountedAndOpensNothing() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		GenTcpTemplate client = this.meters.client(port, UnaryOperator.identity());

		assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.send("x"));

		assertThat(this.meters.value(GenTcpMeter.RECONNECT_ATTEMPTS, "outcome", "failed")).isOne();
		assertThat(this.meters.value(GenTcpMeter.RECONNECT_ATTEMPTS, "outcome", "connected")).isZero();
		assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_OPENED)).isZero();
	}

	@Test
	void aPartialPacketHasARestUntilTheBackgroundHasCompletedIt() {
		assumeRecovery();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			GenTcpTemplate client = this.meters.client(peer.port(), sendTimeout(SHORT));
			SendTimeoutException late = timeout(client, LARGE);
			assertThat(timeout(client, new byte[] { 1 }).nothingSent()).isTrue();

			await().untilAsserted(() -> assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "rest"))
				.isEqualTo(late.bytesTotal() - this.meters.value(GenTcpMeter.BYTES_SENT))
				.isPositive());
			assertThat(this.meters.value(GenTcpMeter.SEND_TIMEOUTS, "packet", "partial", "backend", "socket")).isOne();
			assertThat(this.meters.value(GenTcpMeter.SEND_TIMEOUTS, "packet", "nothing_sent")).isOne();
			assertThat(this.meters.value(GenTcpMeter.SEND_BLOCKED)).isEqualTo(2);
			assertThat(this.meters.total(GenTcpMeter.SEND_BLOCKED)).isPositive();
			assertThat(this.meters.value(GenTcpMeter.PACKETS_PARTIAL)).isOne();
			assertThat(this.meters.value(GenTcpMeter.RECOVERIES, "outcome", "completed")).isZero();
			assertThat(this.meters.value(GenTcpMeter.PACKETS_SENT)).isZero();
			peer.accept(PATIENCE).readAll();

			this.meters.awaitValue(1, GenTcpMeter.RECOVERY_DURATION, "outcome", "completed");
			assertThat(this.meters.total(GenTcpMeter.RECOVERY_DURATION, "outcome", "completed")).isPositive();
			assertThat(this.meters.value(GenTcpMeter.RECOVERIES, "outcome", "completed")).isOne();
			assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "rest")).isZero();
			assertThat(this.meters.value(GenTcpMeter.PACKETS_SENT)).isOne();
			assertThat(this.meters.value(GenTcpMeter.BYTES_SENT)).isEqualTo(late.bytesTotal());
		}
	}

	@Test
	void theRestShrinksWithEveryByteThatTheBackgroundBringsOut() {
		assumeRecovery();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			SendTimeoutException late = timeout(this.meters.client(peer.port(), sendTimeout(SHORT)), LARGE);
			peer.accept(PATIENCE).read(LARGE.length / 2);

			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "rest"))
					.isEqualTo(late.bytesTotal() - this.meters.value(GenTcpMeter.BYTES_SENT))
					.isBetween(1.0, LARGE.length / 2.0));
		}
	}

	@Test
	void aPartialPacketThatTakesTooLongIsAbandonedWithItsConnection() {
		assumeRecovery();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			GenTcpTemplate client = this.meters.client(peer.port(),
					(settings) -> recovering(Recovery.RESUME).apply(settings).recoveryTimeout(SHORT));
			timeout(client, LARGE);

			this.meters.awaitValue(1, GenTcpMeter.RECOVERY_DURATION, "outcome", "abandoned");
			assertThat(this.meters.value(GenTcpMeter.RECOVERIES, "outcome", "abandoned")).isOne();
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_CLOSED, "reason", "recovery")).isOne();
			assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "rest")).isZero();
		}
	}

	@Test
	void aRestIsPendingUntilItsCallerHasResumedIt() {
		assumeRecovery();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			GenTcpTemplate client = this.meters.client(peer.port(), recovering(Recovery.MANUAL));
			SendTimeoutException late = timeout(client, LARGE);
			assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "rest"))
				.isEqualTo(late.bytesTotal() - late.bytesOut());
			SendTimeoutException again = catchThrowableOfType(SendTimeoutException.class,
					() -> client.resume(late.rest()));
			peer.accept(PATIENCE).readAll();
			resumeToTheEnd(client, again);

			assertThat(this.meters.value(GenTcpMeter.RECOVERIES, "outcome", "resumed_by_caller")).isOne();
			assertThat(this.meters.value(GenTcpMeter.RECOVERY_DURATION, "outcome", "resumed_by_caller")).isOne();
			assertThat(this.meters.value(GenTcpMeter.PACKETS_PARTIAL)).as("one packet, however often it was late")
				.isOne();
			assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "rest")).isZero();
		}
	}

	/** The peer reads, but not always within the short send timeout. */
	private static void resumeToTheEnd(GenTcpTemplate client, SendTimeoutException late) {
		SendTimeoutException left = late;
		while (left != null) {
			SendTimeoutException resumed = left;
			left = catchThrowableOfType(SendTimeoutException.class, () -> client.resume(resumed.rest()));
		}
	}

	@Test
	void aPacketThatIsCutOffByRecoveryCloseIsARecoveryThatWasClosed() {
		assumeRecovery();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			timeout(this.meters.client(peer.port(), recovering(Recovery.CLOSE)), LARGE);

			this.meters.awaitValue(1, GenTcpMeter.RECOVERY_DURATION, "outcome", "closed");
			assertThat(this.meters.value(GenTcpMeter.RECOVERIES, "outcome", "closed")).isOne();
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_CLOSED, "reason", "send_timeout")).isOne();
		}
	}

	@Test
	void aPacketThatIsLateOnInetIsQueuedUntilThePeerReads() {
		assumeThat(this.backend).as("only the inet backend queues").isEqualTo(Backend.INET);
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			GenTcpTemplate client = this.meters.client(peer.port(), sendTimeout(SHORT));
			client.send(LARGE);
			SendTimeoutException late = timeout(client, new byte[] { 1 });
			assertThat(this.meters.value(GenTcpMeter.SEND_TIMEOUTS, "packet", "queued", "backend", "inet")).isOne();
			await().untilAsserted(() -> assertThat(this.meters.value(GenTcpMeter.PENDING_BYTES, "kind", "queue"))
				.isEqualTo(4 + LARGE.length + 5 - this.meters.value(GenTcpMeter.BYTES_SENT))
				.isPositive());

			peer.accept(PATIENCE).readAll();

			assertThat(late.queued()).succeedsWithin(PATIENCE);
			this.meters.awaitValue(0, GenTcpMeter.PENDING_BYTES, "kind", "queue");
			assertThat(this.meters.value(GenTcpMeter.BYTES_SENT)).isEqualTo(4 + LARGE.length + 5);
			assertThat(this.meters.value(GenTcpMeter.PACKETS_SENT)).isEqualTo(2);
			assertThat(this.meters.value(GenTcpMeter.PACKETS_PARTIAL)).isZero();
		}
	}

	@Test
	void aReplyThatComesTooLateIsNoReplyAndCountedAsLate() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			GenTcpTemplate client = this.meters.client(peer.port(), (settings) -> settings.replyTimeout(SHORT));
			assertThatExceptionOfType(ReplyTimeoutException.class)
				.isThrownBy(() -> client.sendAndReceive(new byte[] { 1, 2 }));

			peer.accept(PATIENCE).send(onWire(1));

			this.meters.awaitValue(1, GenTcpMeter.REQUEST_LATE);
			assertThat(this.meters.value(GenTcpMeter.REQUEST_UNCORRELATED)).isZero();
			assertThat(this.meters.total(GenTcpMeter.PACKET_SIZE, "direction", "sent")).as("size of the request")
				.isEqualTo(2);
		}
	}

	@Test
	void whatIsNoPacketIsADecodeErrorOfThePacketType() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			this.meters.client(peer.port(), options((options) -> options.packetSize(10))).send("x");

			peer.accept(PATIENCE).send(new byte[] { 0, 0, 0, 11, 1 });

			this.meters.awaitValue(1, GenTcpMeter.DECODE_ERRORS, "packet.type", "4");
			assertThat(this.meters.value(GenTcpMeter.CONNECTIONS_CLOSED, "reason", "protocol")).isOne();
			assertThat(this.meters.value(GenTcpMeter.PACKETS_RECEIVED)).isZero();
		}
	}

}
