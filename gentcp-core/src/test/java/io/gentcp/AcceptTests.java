package io.gentcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** How listening and accepting end. */
@Timeout(60)
class AcceptTests {

	private static final SocketOptions DEFAULTS = SocketOptions.defaults();

	private static final AcceptResult TIMED_OUT = new AcceptResult.TimedOut();

	private static final AcceptResult CLOSED = new AcceptResult.Closed();

	private final GenTcp genTcp = GenTcp.open();

	private final List<PeerConnection> peers = new ArrayList<>();

	@AfterEach
	void close() {
		this.peers.forEach(PeerConnection::close);
		this.genTcp.close();
	}

	@Test
	void bothEndsKnowEachOther() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		PeerConnection peer = connectTo(listen);
		TcpSocket socket = accepted(listen.accept());
		assertThat(socket.peerAddress()).isEqualTo(peer.localAddress());
		assertThat(socket.localAddress()).isEqualTo(peer.remoteAddress());
	}

	@Test
	void aTimeoutLeavesTheListenSocketUsable() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		long start = System.nanoTime();
		assertThat(listen.accept(Duration.ofMillis(200))).isEqualTo(TIMED_OUT);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
				Duration.ofSeconds(5));
		connectTo(listen);
		assertThat(listen.accept(Connected.PATIENCE)).isInstanceOf(AcceptResult.Accepted.class);
	}

	@Test
	void aTimeoutOfZeroTakesAConnectionThatIsThere() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		assertThat(listen.accept(Duration.ZERO)).isEqualTo(TIMED_OUT);
		connectTo(listen);
		await().atMost(Connected.PATIENCE)
			.until(() -> listen.accept(Duration.ZERO), AcceptResult.Accepted.class::isInstance);
		assertThat(listen.accept(Duration.ZERO)).isEqualTo(TIMED_OUT);
	}

	@Test
	void anAcceptThatWaitsGetsTheNextConnection() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		WaitingCall<AcceptResult> accept = WaitingCall.of(listen::accept).parked();
		PeerConnection peer = connectTo(listen);
		assertThat(accepted(accept.result()).peerAddress()).isEqualTo(peer.localAddress());
	}

	@Test
	void acceptorsAreServedFirstComeFirstServed() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		List<WaitingCall<AcceptResult>> acceptors = IntStream.range(0, 5)
			.mapToObj((i) -> WaitingCall.of(listen::accept).parked())
			.toList();
		for (WaitingCall<AcceptResult> acceptor : acceptors) {
			PeerConnection peer = connectTo(listen);
			assertThat(accepted(acceptor.result()).peerAddress()).isEqualTo(peer.localAddress());
		}
	}

	@Test
	void anAcceptorThatGivesUpInLineHoldsUpNobody() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		WaitingCall<AcceptResult> first = WaitingCall.of(listen::accept).parked();
		assertThat(listen.accept(Duration.ofMillis(50))).isEqualTo(TIMED_OUT);
		WaitingCall<AcceptResult> last = WaitingCall.of(listen::accept).parked();
		connectTo(listen);
		assertThat(first.result()).isInstanceOf(AcceptResult.Accepted.class);
		connectTo(listen);
		assertThat(last.result()).isInstanceOf(AcceptResult.Accepted.class);
	}

	@Test
	void closingEndsEveryAcceptAndAllThatFollow() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		WaitingCall<AcceptResult> forEver = WaitingCall.of(listen::accept).parked();
		WaitingCall<AcceptResult> forAWhile = WaitingCall.of(() -> listen.accept(Connected.PATIENCE)).parked();
		listen.close();
		assertThat(forEver.result()).isEqualTo(CLOSED);
		assertThat(forAWhile.result()).isEqualTo(CLOSED);
		assertThat(listen.accept()).isEqualTo(CLOSED);
		assertThat(listen.accept(Duration.ZERO)).isEqualTo(CLOSED);
	}

	@Test
	void closingAgainDoesNothing() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		listen.close();
		listen.close();
		assertThat(listen.accept()).isEqualTo(CLOSED);
		assertThat(listen.port()).isPositive();
	}

	@Test
	void acceptedConnectionsOutliveTheListenSocket() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		PeerConnection peer = connectTo(listen);
		TcpSocket socket = accepted(listen.accept());
		listen.close();
		byte[] ping = "ping".getBytes(StandardCharsets.US_ASCII);
		peer.send(ping);
		assertThat(socket.recv(4, Connected.PATIENCE)).isEqualTo(new RecvResult.Received(new Packet.Bytes(ping)));
		assertThat(socket.send(ping)).isEqualTo(new SendResult.Sent());
		peer.awaitReceived(4, Connected.PATIENCE);
	}

	@Test
	void connectionsHaveTheOptionsOfTheListenSocket() {
		SocketOptions options = DEFAULTS.packet(PacketType.TWO)
			.packetSize(999)
			.sendTimeout(Duration.ofMillis(1234))
			.sendTimeoutClose(true)
			.partialPackets(PartialPackets.WAIT)
			.nodelay(true)
			.keepalive(true)
			.linger(3);
		ListenSocket listen = Connected.listen(this.genTcp, options);
		PeerConnection peer = connectTo(listen);
		TcpSocket socket = accepted(listen.accept());
		assertThat(socket.options()).isSameAs(listen.options()).isSameAs(options);
		peer.send(new byte[] { 0, 1, 'a' });
		assertThat(socket.recv(Connected.PATIENCE))
			.isEqualTo(new RecvResult.Received(new Packet.Bytes(new byte[] { 'a' })));
	}

	@Test
	void aPortThatIsInUseCannotBeListenedOn() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		assertThat(this.genTcp.listen(listen.port(), DEFAULTS))
			.isEqualTo(new ListenResult.Failed(PosixError.EADDRINUSE));
		assertThat(this.genTcp.listen(listen.port(), DEFAULTS.reuseaddr(true)))
			.isEqualTo(new ListenResult.Failed(PosixError.EADDRINUSE));
	}

	@Test
	void anAddressOfAnotherHostCannotBeListenedOn() throws Exception {
		assertThat(this.genTcp.listen(0, DEFAULTS.ip(InetAddress.getByName("192.0.2.1"))))
			.isEqualTo(new ListenResult.Failed(PosixError.EADDRNOTAVAIL));
	}

	@Test
	void portZeroIsAnyThatIsFree() {
		ListenSocket one = Connected.listen(this.genTcp, DEFAULTS);
		ListenSocket other = Connected.listen(this.genTcp, DEFAULTS);
		assertThat(one.port()).isPositive().isNotEqualTo(other.port());
		assertThat(one).hasToString("ListenSocket[%s]".formatted(one.localAddress()));
	}

	@Test
	void ipIsTheAddressToListenOn() throws Exception {
		InetAddress address = InetAddress.getByName("127.0.0.2");
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS.ip(address));
		assertThat(listen.localAddress()).isEqualTo(new InetSocketAddress(address, listen.port()));
		assertThat(this.genTcp.connect("127.0.0.1", listen.port(), DEFAULTS, Connected.PATIENCE))
			.isEqualTo(new ConnectResult.Failed(PosixError.ECONNREFUSED));
		assertThat(this.genTcp.connect("127.0.0.2", listen.port(), DEFAULTS, Connected.PATIENCE))
			.isInstanceOf(ConnectResult.Connected.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 65_536 })
	void aPortOutOfRangeIsTheCallersMistake(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.genTcp.listen(port, DEFAULTS))
			.withMessage("port is %d; it must be 0 to 65535".formatted(port));
	}

	@Test
	void aClosedPortRefusesAndCanBeListenedOnAtOnce() {
		int port = 0;
		for (int round = 0; round < 200; round++) {
			ListenResult result = this.genTcp.listen(port, DEFAULTS);
			assertThat(result).as("round %d", round).isInstanceOf(ListenResult.Listening.class);
			ListenSocket listen = ((ListenResult.Listening) result).socket();
			port = listen.port();
			listen.close();
			assertThat(this.genTcp.connect("127.0.0.1", port, DEFAULTS, Connected.PATIENCE)).as("round %d", round)
				.isEqualTo(new ConnectResult.Failed(PosixError.ECONNREFUSED));
		}
	}

	@Test
	void aConnectionThatNobodyAcceptedIsResetByTheClose() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		PeerConnection peer = connectTo(listen);
		listen.close();
		peer.awaitReset(Connected.PATIENCE);
	}

	@Test
	void aPeerThatIsGoneAlreadyIsAcceptedAndItsStreamHasEnded() {
		ListenSocket listen = Connected.listen(this.genTcp, DEFAULTS);
		connectTo(listen).close();
		assertThat(accepted(listen.accept()).recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
	}

	@CanIgnoreReturnValue
	private PeerConnection connectTo(ListenSocket listen) {
		PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", listen.port());
		this.peers.add(peer);
		return peer;
	}

	private static TcpSocket accepted(AcceptResult result) {
		assertThat(result).isInstanceOf(AcceptResult.Accepted.class);
		return ((AcceptResult.Accepted) result).socket();
	}

}
