package io.gentcp;

import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A peer that speaks TLS where none is spoken is named, and nothing else is. */
@ParameterizedClass
@EnumSource(value = TestBackend.class, names = { "INET", "SOCKET" })
@Timeout(60)
class TlsFromPeerTests {

	private static final String HINT = "the peer speaks TLS, this side does not";

	private static final SocketOptions FOUR = SocketOptions.defaults().packet(PacketType.FOUR).packetSize(1 << 20);

	/** What openssl sends to a client that speaks no TLS. */
	private static final byte[] ALERT = { 21, 3, 1, 0, 2, 2, 70 };

	private static final byte[] HELLO = { 22, 3, 1, 2, 0, 1, 0, 1 };

	@Parameter
	TestBackend backend;

	@ParameterizedTest
	@ValueSource(strings = { "4", "tpkt", "fcgi", "cdr" })
	void aClientThatSpeaksTlsToAPlainPortIsNamed(String type) throws Exception {
		SocketOptions options = FOUR.packet(PacketType.of(type)).packetSize(100);
		RecvResult.Failed failed = (RecvResult.Failed) receiveFromTlsClient(options);
		assertThat(failed.error()).isEqualTo(PosixError.EMSGSIZE);
		assertThat(failed.detail()).contains("begins with 16 03 0").endsWith(": so begins a TLS handshake; " + HINT);
	}

	@Test
	void aControllingProcessIsToldThatAClientSpeaksTls() throws Exception {
		try (Mailbox mailbox = new Mailbox(10)) {
			RecvResult result = receiveFromTlsClient(FOUR.controllingProcess(mailbox).active(ActiveMode.TRUE), mailbox);
			assertThat(((RecvResult.Failed) result).detail()).startsWith("packet of 369").endsWith(HINT);
		}
	}

	@Test
	void aServerThatSpeaksTlsIsNamedByItsAlert() {
		try (Connected connected = Connected.over(this.backend, FOUR, Step.send(ALERT), Step.readAll())) {
			assertThat(detail(connected.socket())).contains("so begins a TLS alert; " + HINT);
		}
	}

	@Test
	void bytesBehindAPacketAreNotTakenForTls() {
		byte[] behind = { 0, 0, 0, 1, 'a', 22, 3, 1, 2, 0, 1 };
		try (Connected connected = Connected.over(this.backend, FOUR, Step.send(behind), Step.readAll())) {
			assertThat(connected.socket().recv(Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
			assertThat(detail(connected.socket())).contains("packet of 369295618 bytes").doesNotContain("TLS");
		}
	}

	@Test
	void otherBytesAreNotTakenForTls() {
		byte[] other = { 22, 4, 0, 0, 0 };
		try (Connected connected = Connected.over(this.backend, FOUR, Step.send(other), Step.readAll())) {
			assertThat(detail(connected.socket())).contains("begins with 16 04").doesNotContain("TLS");
		}
	}

	@Test
	void whereTlsIsThePacketTypeOrTheWireItIsNoSurprise() {
		try (Connected connected = Connected.over(this.backend, FOUR.packet(PacketType.SSL_TLS).packetSize(10),
				Step.send(HELLO), Step.readAll())) {
			assertThat(detail(connected.socket())).contains("packet of 512 bytes").doesNotContain("TLS");
		}
		try (Connected connected = Connected.over(TestWire.TLS, FOUR, Step.send(HELLO), Step.readAll())) {
			assertThat(detail(connected.socket())).contains("begins with 16 03 01").doesNotContain("TLS");
		}
	}

	@Test
	void aPlainClientOfATlsPortIsNamedToTheServer() {
		SocketOptions tls = this.backend.of(TestWire.TLS.of(FOUR));
		try (GenTcp genTcp = this.backend.open();
				ListenSocket listen = Connected.listen(genTcp, tls);
				TcpSocket plain = Connected.connect(genTcp, listen.port(), this.backend.of(FOUR))) {
			assertThat(plain.send(new byte[] { 'h', 'i' })).isEqualTo(new SendResult.Sent());
			assertThat(listen.accept(Connected.PATIENCE)).isInstanceOfSatisfying(AcceptResult.HandshakeFailed.class,
					(failed) -> assertThat(failed.reason())
						.isEqualTo("the peer does not speak TLS: it sent 00 00 00 02 68 69 (....hi)"));
			assertThat(plain.recv(Connected.PATIENCE)).isEqualTo(new RecvResult.Closed());
		}
	}

	private RecvResult receiveFromTlsClient(SocketOptions options) throws Exception {
		return receiveFromTlsClient(options, null);
	}

	private RecvResult receiveFromTlsClient(SocketOptions options, Mailbox mailbox) throws Exception {
		SSLContext context = TestCertificates.client();
		try (GenTcp genTcp = this.backend.open();
				ListenSocket listen = Connected.listen(genTcp, this.backend.of(options));
				Socket below = new Socket(InetAddress.getLoopbackAddress(), listen.port());
				SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", 1, true)) {
			WaitingCall<Boolean> handshake = WaitingCall.of(() -> {
				client.startHandshake();
				return true;
			});
			TcpSocket socket = SocketPair.accepted(listen.accept(Connected.PATIENCE));
			RecvResult result = (mailbox == null) ? socket.recv(Connected.PATIENCE) : told(mailbox);
			assertThat(handshake.future()).failsWithin(Connected.PATIENCE);
			return result;
		}
	}

	private static RecvResult told(Mailbox mailbox) {
		SocketMessage.Error error = (SocketMessage.Error) mailbox.receive(Connected.PATIENCE).orElseThrow();
		return new RecvResult.Failed(error.error(), error.detail());
	}

	private static String detail(TcpSocket socket) {
		return ((RecvResult.Failed) socket.recv(Connected.PATIENCE)).detail();
	}

}
