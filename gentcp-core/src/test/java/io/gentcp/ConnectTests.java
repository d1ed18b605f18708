package io.gentcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** How connecting ends. */
@Timeout(60)
class ConnectTests {

	private static final SocketOptions DEFAULTS = SocketOptions.defaults();

	private static final Duration SHORT = Duration.ofMillis(100);

	private final GenTcp genTcp = GenTcp.open();

	@AfterEach
	void close() {
		this.genTcp.close();
	}

	@Test
	void bothEndsKnowEachOther() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			TcpSocket socket = Connected.connect(this.genTcp, peer.port(), DEFAULTS.packet(PacketType.FOUR));
			PeerConnection connection = peer.accept();
			assertThat(socket.peerAddress()).isEqualTo(connection.localAddress());
			assertThat(socket.localAddress()).isEqualTo(connection.remoteAddress());
			assertThat(socket.options().packet()).isEqualTo(PacketType.FOUR);
			assertThat(socket.isOpen()).isTrue();
		}
	}

	@Test
	void aPortWhereNobodyListensRefuses() {
		assertThat(connect("127.0.0.1", portWithoutListener())).isEqualTo(failed(PosixError.ECONNREFUSED));
	}

	@Test
	void aPeerWhoseBacklogIsFullTimesOut() {
		try (FullBacklog full = new FullBacklog()) {
			long start = System.nanoTime();
			assertThat(this.genTcp.connect("127.0.0.1", full.port(), DEFAULTS, Duration.ofMillis(200)))
				.isEqualTo(new ConnectResult.TimedOut());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
					Duration.ofSeconds(10));
		}
	}

	@Test
	void aHostThatDoesNotExistIsNxdomain() {
		assertThat(connect(TestHosts.UNKNOWN, 4000)).isEqualTo(failed(PosixError.NXDOMAIN));
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "::ffff:127.0.0.1" })
	void namesAndLiteralAddressesAreConnectedTo(String host) {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			assertThat(connect(host, peer.port())).isInstanceOf(ConnectResult.Connected.class);
		}
	}

	@Test
	void theNextAddressIsTriedWhenOneRefuses() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			assertThat(connect(TestHosts.TWO_ADDRESSES, peer.port())).isInstanceOfSatisfying(
					ConnectResult.Connected.class,
					(connected) -> assertThat(connected.socket().peerAddress()).isEqualTo(peer.address()));
		}
	}

	@Test
	void whenEveryAddressRefusesThatIsTheReason() {
		assertThat(connect(TestHosts.TWO_ADDRESSES, portWithoutListener())).isEqualTo(failed(PosixError.ECONNREFUSED));
	}

	@Test
	void theTimeoutCoversTheLookUpOfTheName() {
		CountDownLatch released = new CountDownLatch(1);
		try {
			assertThat(this.genTcp.connect(TestHosts.stuckUntil(released), 4000, DEFAULTS, SHORT))
				.isEqualTo(new ConnectResult.TimedOut());
		}
		finally {
			released.countDown();
		}
	}

	@Test
	void ipIsTheAddressToConnectFrom() throws Exception {
		InetAddress source = InetAddress.getByName("127.0.0.3");
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			TcpSocket socket = Connected.connect(this.genTcp, peer.port(), DEFAULTS.ip(source));
			assertThat(socket.localAddress()).isEqualTo(new InetSocketAddress(source, socket.port()));
			assertThat(peer.accept().remoteAddress()).isEqualTo(socket.localAddress());
		}
	}

	@Test
	void anAddressOfAnotherHostCannotBeConnectedFrom() throws Exception {
		InetAddress foreign = InetAddress.getByName("192.0.2.1");
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			assertThat(this.genTcp.connect("127.0.0.1", peer.port(), DEFAULTS.ip(foreign), Connected.PATIENCE))
				.isEqualTo(failed(PosixError.EADDRNOTAVAIL));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 65_536, Integer.MAX_VALUE })
	void aPortOutOfRangeIsTheCallersMistake(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> connect("127.0.0.1", port))
			.withMessage("port is %d; it must be 1 to 65535".formatted(port));
	}

	@Test
	void aNegativeTimeoutIsTheCallersMistake() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.genTcp.connect("127.0.0.1", 4000, DEFAULTS, Duration.ofMillis(-1)))
			.withMessageContaining("must be zero or more");
	}

	@Test
	void onAClosedRuntimeItIsTheCallersMistake() {
		this.genTcp.close();
		assertThatIllegalStateException().isThrownBy(() -> connect("127.0.0.1", 4000))
			.withMessage("this runtime is closed; open another one");
		assertThatIllegalStateException().isThrownBy(() -> this.genTcp.listen(0, DEFAULTS))
			.withMessage("this runtime is closed; open another one");
	}

	@Test
	void closingTheRuntimeEndsAConnectThatWaitsForItsPeer() {
		try (FullBacklog full = new FullBacklog()) {
			WaitingCall<ConnectResult> connecting = WaitingCall
				.of(() -> this.genTcp.connect("127.0.0.1", full.port(), DEFAULTS, SocketOptions.INFINITY))
				.parked();
			this.genTcp.close();
			assertThat(connecting.future()).failsWithin(Connected.PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessage("this runtime is closed; open another one");
		}
	}

	@Test
	void closingTheRuntimeEndsAConnectThatWaitsForAName() {
		CountDownLatch released = new CountDownLatch(1);
		try {
			String stuck = TestHosts.stuckUntil(released);
			WaitingCall<ConnectResult> connecting = WaitingCall
				.of(() -> this.genTcp.connect(stuck, 4000, DEFAULTS, SocketOptions.INFINITY))
				.parked();
			this.genTcp.close();
			assertThat(connecting.future()).failsWithin(Connected.PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessage("this runtime is closed; open another one");
		}
		finally {
			released.countDown();
		}
	}

	@Test
	void whatAPeerSaysAtOnceIsNotLost() {
		byte[] greeting = "220 ready\r\n".getBytes(StandardCharsets.US_ASCII);
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.send(greeting), Step.close())) {
			TcpSocket socket = Connected.connect(this.genTcp, peer.port(), DEFAULTS.packet(PacketType.LINE));
			assertThat(socket.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Received(new Packet.Bytes(greeting)));
		}
	}

	@Test
	void connectsThatFailLeaveNoDescriptorOpen() {
		try (FullBacklog full = new FullBacklog()) {
			int nobody = portWithoutListener();
			OpenFiles before = OpenFiles.now();
			for (int i = 0; i < 50; i++) {
				assertThat(connect(TestHosts.TWO_ADDRESSES, nobody)).isInstanceOf(ConnectResult.Failed.class);
				assertThat(this.genTcp.connect("127.0.0.1", full.port(), DEFAULTS, Duration.ZERO))
					.isEqualTo(new ConnectResult.TimedOut());
			}
			before.assertNoneLeft();
		}
	}

	private ConnectResult connect(String host, int port) {
		return this.genTcp.connect(host, port, DEFAULTS, Connected.PATIENCE);
	}

	private static int portWithoutListener() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			return peer.port();
		}
	}

	private static ConnectResult failed(PosixError error) {
		return new ConnectResult.Failed(error);
	}

}
