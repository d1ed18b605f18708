package io.gentcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** With the option header, the first bytes of each received packet are set apart. */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(60)
class HeaderOptionTests {

	private static final SocketOptions RAW = SocketOptions.defaults();

	private static final SetOptionsResult SET = new SetOptionsResult.Set();

	@Parameter
	Backend backend;

	static List<Arguments> packets() {
		return List.of(Arguments.of("longer", "abcde", packet("abc", "de")),
				Arguments.of("exact", "abc", packet("abc", "")), Arguments.of("shorter", "ab", packet("ab", "")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("packets")
	void ofARawStreamWhatHasArrivedIsTakenApart(String size, String sent, Packet expected) {
		try (Connected connected = connected(RAW.header(3))) {
			connected.peer().send(bytes(sent));
			assertThat(received(connected.socket())).isEqualTo(expected);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("packets")
	void bytesThatAreReceivedByTheirNumberAreTakenApart(String size, String sent, Packet expected) {
		try (Connected connected = connected(RAW.header(3))) {
			connected.peer().send(bytes(sent + "rest"));
			RecvResult result = connected.socket().recv(sent.length(), Connected.PATIENCE);
			assertThat(result).isEqualTo(new RecvResult.Received(expected));
			assertThat(received(connected.socket())).isEqualTo(packet("res", "t"));
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("packets")
	void aProcessGetsPacketsTakenApart(String size, String sent, Packet expected) {
		try (Mailbox mailbox = new Mailbox(10);
				Connected connected = connected(
						RAW.packet(PacketType.ONE).header(3).controllingProcess(mailbox).active(ActiveMode.TRUE))) {
			connected.peer().send(bytes((char) sent.length() + sent + "\4rest"));
			TcpSocket socket = connected.socket();
			assertThat(mailbox.receive(Connected.PATIENCE)).contains(new SocketMessage.Data(socket, expected));
			assertThat(mailbox.receive(Connected.PATIENCE))
				.contains(new SocketMessage.Data(socket, packet("res", "t")));
		}
	}

	@Test
	void theHeaderIsOfThePacketAndNotOfWhatItsTypeStrips() {
		try (Connected connected = connected(RAW.packet(PacketType.FOUR).header(3))) {
			connected.peer().send(bytes("\0\0\0\5hello\0\0\0\0\0\0\0\3abc"));
			assertThat(received(connected.socket())).isEqualTo(packet("hel", "lo"));
			assertThat(received(connected.socket())).isEqualTo(packet("", ""));
			assertThat(received(connected.socket())).isEqualTo(packet("abc", ""));
		}
	}

	@Test
	void aDelimiterMayBePartOfTheHeader() {
		try (Connected connected = connected(RAW.packet(PacketType.LINE).header(3))) {
			connected.peer().send(bytes("hello\nab\n\n"));
			assertThat(received(connected.socket())).isEqualTo(packet("hel", "lo\n"));
			assertThat(received(connected.socket())).isEqualTo(packet("ab\n", ""));
			assertThat(received(connected.socket())).isEqualTo(packet("\n", ""));
		}
	}

	/** A TPKT header has four bytes, and is delivered: with header 4 it stands alone. */
	@Test
	void theHeaderOfAProtocolCanBeSetApart() {
		try (Connected connected = connected(RAW.packet(PacketType.TPKT).header(4))) {
			connected.peer().send(bytes("\3\0\0\11hello"));
			assertThat(received(connected.socket())).isEqualTo(packet("\3\0\0\11", "hello"));
		}
	}

	@Test
	void whatIsNoBytesIsNotTakenApart() {
		try (Connected connected = connected(RAW.packet(PacketType.HTTP).header(1))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("GET / HTTP/1.1\r\n\r\n\26\3\3\0\5hello"));
			assertThat(received(socket))
				.isEqualTo(new HttpPacket.Request("GET", new HttpUri.AbsolutePath("/"), new HttpPacket.Version(1, 1)));
			assertThat(received(socket)).isEqualTo(new HttpPacket.EndOfHeaders());
			assertThat(socket.setOptions((options) -> options.packet(PacketType.SSL_TLS))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(new Packet.TlsRecord(22, 3, 3, bytes("hello")));
		}
	}

	@Test
	void setOnALiveSocketItHoldsForThePacketsThatAreStillToBeReceived() {
		try (Connected connected = connected(RAW.packet(PacketType.LINE))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("one\ntwo\nthree\nfour\n"));
			assertThat(received(socket)).isEqualTo(new Packet.Bytes(bytes("one\n")));
			assertThat(socket.setOptions((options) -> options.header(2))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(packet("tw", "o\n"));
			assertThat(socket.setOptions((options) -> options.header(4))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(packet("thre", "e\n"));
			assertThat(socket.setOptions((options) -> options.header(0))).isEqualTo(SET);
			assertThat(received(socket)).isEqualTo(new Packet.Bytes(bytes("four\n")));
		}
	}

	@Test
	void itLeavesAloneALineOfWhichAPartWasSeen() {
		try (Connected connected = connected(RAW.packet(PacketType.LINE))) {
			TcpSocket socket = connected.socket();
			connected.peer().send(bytes("he"));
			assertThat(socket.recv(Duration.ofMillis(30))).isEqualTo(new RecvResult.TimedOut());
			assertThat(socket.setOptions((options) -> options.header(3))).isEqualTo(SET);
			connected.peer().send(bytes("llo\n"));
			assertThat(received(socket)).isEqualTo(packet("hel", "lo\n"));
		}
	}

	@Test
	void acceptedSocketsHaveIt() {
		try (GenTcp genTcp = GenTcp.open();
				ListenSocket listen = Connected.listen(genTcp, RAW.header(3).backend(this.backend));
				PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", listen.port())) {
			TcpSocket socket = ((AcceptResult.Accepted) listen.accept(Connected.PATIENCE)).socket();
			peer.send(bytes("hello"));
			assertThat(received(socket)).isEqualTo(packet("hel", "lo"));
		}
	}

	@Test
	void whatIsSentHasNoPartInIt() {
		try (Connected connected = connected(RAW.packet(PacketType.ONE).header(3))) {
			assertThat(connected.socket().send(bytes("hello"))).isEqualTo(new SendResult.Sent());
			connected.peer().awaitReceived(6, Connected.PATIENCE);
			assertThat(connected.peer().received()).isEqualTo(bytes("\5hello"));
		}
	}

	@Test
	void aNegativeNumberOfBytesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> RAW.header(-1))
			.withMessage("header is -1; it must be 0 or more");
	}

	private Connected connected(SocketOptions options) {
		return Connected.over(GenTcp.open(), options.backend(this.backend));
	}

	private static Packet received(TcpSocket socket) {
		RecvResult result = socket.recv(Connected.PATIENCE);
		assertThat(result).isInstanceOf(RecvResult.Received.class);
		return ((RecvResult.Received) result).packet();
	}

	private static Packet packet(String header, String rest) {
		return new Packet.WithHeader(bytes(header), bytes(rest));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
