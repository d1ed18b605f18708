package io.gentcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import io.gentcp.packet.Packet;
import io.gentcp.transport.Backend;
import io.gentcp.transport.PosixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A stream within TLS and its end, with the TLS of the JDK at the other side. */
@ParameterizedClass
@CsvSource({ "INET, TLSv1.2", "INET, TLSv1.3", "SOCKET, TLSv1.2", "SOCKET, TLSv1.3" })
@Timeout(60)
class TlsStreamTests {

	private static final RecvResult CLOSED = new RecvResult.Closed();

	@Parameter(0)
	Backend backend;

	@Parameter(1)
	String protocol;

	@Test
	void whatCameBeforeTheEndIsReceivedFirst() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			connected.peerSends(bytes("data"));
			// With TLS 1.2 the peer waits until this side has closed, too.
			WaitingCall<Boolean> closing = WaitingCall.of(() -> isClosed(connected.peer()));
			assertThat(recv(connected, 4)).isEqualTo(received("data"));
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			connected.socket().close();
			assertThat(closing.result()).isTrue();
		}
	}

	@Test
	void aStreamThatIsCutOffIsToldFromOneThatEnds() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			connected.peerSends(bytes("data"));
			connected.below().close();
			assertThat(recv(connected, 4)).isEqualTo(received("data"));
			assertThat(recv(connected, 0)).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.TLS_TRUNCATED);
				assertThat(failed.detail()).contains("without close_notify");
			});
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
		}
	}

	@Test
	void anActiveSocketIsToldThatItsStreamWasCutOff() throws Exception {
		Mailbox mailbox = new Mailbox(10);
		try (TlsConnected connected = toServer(raw().active(ActiveMode.TRUE).controllingProcess(mailbox))) {
			connected.peerSends(bytes("data"));
			connected.below().close();
			assertThat(mailbox.receive(Connected.PATIENCE)).isPresent().get().isInstanceOf(SocketMessage.Data.class);
			assertThat(mailbox.receive(Connected.PATIENCE)).isPresent()
				.get()
				.isInstanceOfSatisfying(SocketMessage.Error.class,
						(error) -> assertThat(error.error()).isEqualTo(PosixError.TLS_TRUNCATED));
			assertThat(mailbox.receive(Connected.PATIENCE)).isPresent().get().isInstanceOf(SocketMessage.Closed.class);
		}
	}

	@Test
	void afterOurHalfThePeerReadsTheEndAndItsReplyIsReceivedWhereTlsAllowsIt() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			assertThat(connected.socket().send(bytes("question"))).isEqualTo(new SendResult.Sent());
			connected.socket().shutdown(Direction.WRITE);
			assertThat(connected.peerReadsToTheEnd()).isEqualTo(bytes("question"));
			if (isHalfOpenPossible()) {
				connected.peerSends(bytes("answer"));
				assertThat(recv(connected, 6)).isEqualTo(received("answer"));
			}
			else {
				assertThat(recv(connected, 6)).isEqualTo(CLOSED);
			}
			assertThat(connected.socket().send(bytes("x"))).isEqualTo(new SendResult.Closed(0));
		}
	}

	@Test
	void afterThePeersHalfWeStillSendWhereTlsAllowsIt() throws Exception {
		try (TlsConnected connected = toServer(raw().exitOnClose(false))) {
			connected.peer().shutdownOutput();
			assertThat(recv(connected, 0)).isEqualTo(CLOSED);
			assertThat(connected.socket().send(bytes("late")))
				.isEqualTo(isHalfOpenPossible() ? new SendResult.Sent() : new SendResult.Closed(0));
			connected.socket().shutdown(Direction.WRITE);
			assertThat(connected.peerReadsToTheEnd()).isEqualTo(bytes(isHalfOpenPossible() ? "late" : ""));
		}
	}

	@Test
	void closingEndsTheStreamInGoodOrder() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			assertThat(connected.socket().send(bytes("last"))).isEqualTo(new SendResult.Sent());
			connected.socket().close();
			assertThat(connected.peerReadsToTheEnd()).isEqualTo(bytes("last"));
		}
	}

	@Test
	void theEndWaitsForAllThatWasSentBeforeIt() throws Exception {
		byte[] sent = Payloads.random(3_000_000);
		try (TlsConnected connected = toServer(raw().sndbuf(16 * 1024))) {
			WaitingCall<SendResult> sending = WaitingCall.of(() -> connected.socket().send(sent));
			WaitingCall<byte[]> ending = WaitingCall.of(() -> {
				assertThat(sending.result()).isEqualTo(new SendResult.Sent());
				connected.socket().shutdown(Direction.WRITE);
				return new byte[0];
			});
			assertThat(connected.peerReadsToTheEnd()).isEqualTo(sent);
			ending.result();
		}
	}

	@Test
	void aResetIsNoEnd() throws Exception {
		try (TlsConnected connected = toServer(raw().linger(0))) {
			connected.socket().close();
			assertThatExceptionOfType(IOException.class).isThrownBy(connected::peerReadsToTheEnd);
		}
	}

	@Test
	void aDamagedRecordEndsTheConnectionForAReason() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			connected.below().getOutputStream().write(new byte[] { 23, 3, 3, 0, 32 });
			connected.below().getOutputStream().write(new byte[32]);
			assertThat(recv(connected, 0)).isInstanceOfSatisfying(RecvResult.Failed.class, (failed) -> {
				assertThat(failed.error()).isEqualTo(PosixError.TLS_ALERT);
				assertThat(failed.detail()).startsWith("tls_alert (tls failed): ");
			});
			assertThat(connected.socket().isOpen()).isFalse();
			assertThatExceptionOfType(IOException.class).isThrownBy(connected::peerReadsToTheEnd)
				.withMessageContaining("alert");
		}
	}

	@Test
	void anotherHandshakeIsRefusedWhereItExistsAndNewKeysAreTaken() throws Exception {
		try (TlsConnected connected = toClient(raw())) {
			WaitingCall<byte[]> again = WaitingCall.of(() -> {
				// Another handshake in TLS 1.2, in 1.3 new keys.
				connected.peer().startHandshake();
				connected.peerSends(bytes("data"));
				return connected.peer().getInputStream().readNBytes(4);
			});
			RecvResult result = recv(connected, 4);
			if (this.protocol.equals("TLSv1.3")) {
				assertThat(result).isEqualTo(received("data"));
				assertThat(connected.socket().send(bytes("back"))).isEqualTo(new SendResult.Sent());
				assertThat(again.result()).isEqualTo(bytes("back"));
			}
			else {
				assertThat(result).isInstanceOfSatisfying(RecvResult.Failed.class,
						(failed) -> assertThat(failed.detail()).contains("another handshake, which is refused"));
				assertThat(again.future()).failsWithin(Connected.PATIENCE);
			}
		}
	}

	@Test
	void bytesAreCountedAsTheyWereBeforeTheyWereEncrypted() throws Exception {
		try (TlsConnected connected = toClient(raw())) {
			assertThat(connected.socket().send(new byte[40_000])).isEqualTo(new SendResult.Sent());
			assertThat(connected.peer().getInputStream().readNBytes(40_000)).hasSize(40_000);
			connected.peerSends(new byte[30_000]);
			assertThat(recv(connected, 30_000)).isInstanceOf(RecvResult.Received.class);
			assertThat(connected.socket().stats().get("send_oct")).isEqualTo(40_000);
			assertThat(connected.socket().stats().get("recv_oct")).isEqualTo(30_000);
		}
	}

	@Test
	void everyRecordIsReceivedAsItComes() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			connected.peer().setTcpNoDelay(true);
			for (int i = 0; i < 100; i++) {
				connected.peerSends(new byte[] { (byte) i });
				assertThat(recv(connected, 1))
					.isEqualTo(new RecvResult.Received(new Packet.Bytes(new byte[] { (byte) i })));
			}
			assertThat(connected.socket().recv(Duration.ZERO)).isEqualTo(new RecvResult.TimedOut());
		}
	}

	@Test
	void behindOurHalfAPeerOfTls12NeedNotSayThatItEnds() throws Exception {
		try (TlsConnected connected = toServer(raw())) {
			connected.socket().shutdown(Direction.WRITE);
			connected.below().close();
			RecvResult end = recv(connected, 0);
			if (isHalfOpenPossible()) {
				assertThat(end).isInstanceOfSatisfying(RecvResult.Failed.class,
						(failed) -> assertThat(failed.error()).isEqualTo(PosixError.TLS_TRUNCATED));
			}
			else {
				assertThat(end).isEqualTo(CLOSED);
			}
		}
	}

	/** In TLS 1.2 the end of one half is that of the other. */
	private boolean isHalfOpenPossible() {
		return this.protocol.equals("TLSv1.3");
	}

	private SocketOptions raw() {
		return SocketOptions.defaults().backend(this.backend);
	}

	private TlsConnected toServer(SocketOptions options) throws Exception {
		return TlsConnected.toServer(options, this.protocol);
	}

	private TlsConnected toClient(SocketOptions options) throws Exception {
		return TlsConnected.toClient(options, this.protocol);
	}

	private static RecvResult recv(TlsConnected connected, int length) {
		return connected.socket().recv(length, Connected.PATIENCE);
	}

	private static RecvResult received(String bytes) {
		return new RecvResult.Received(new Packet.Bytes(bytes(bytes)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static boolean isClosed(SSLSocket peer) {
		try {
			peer.close();
			return peer.isClosed();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
