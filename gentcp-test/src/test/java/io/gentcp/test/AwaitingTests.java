package io.gentcp.test;

import java.net.Socket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.read;
import static io.gentcp.test.Step.stall;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A wait that fails says what was awaited and what was seen. */
class AwaitingTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration AT_ONCE = Duration.ofMillis(20);

	@Test
	void awaitingBytesFailsAtTheDeadline() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(3), stall()); Socket socket = connect(peer)) {
			socket.getOutputStream().write("hello".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitScript(SOON);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.awaitReceived(5, AT_ONCE))
				.withMessage("Awaited 5 bytes in vain: received 3 bytes, stream Open[], reading Stall[]");
		}
	}

	@Test
	void awaitingBytesFailsAtOnceWhenTheyCanNoLongerCome() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.shutdownOutput();
			PeerConnection connection = peer.accept();
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> connection.awaitReceived(5, Duration.ofDays(365_000)))
				.withMessage("Awaited 5 bytes, but received 0 bytes, stream EndOfStream[], reading ReadAll[]");
		}
	}

	@Test
	void awaitingTheEndFailsWhenTheConnectionIsReset() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.setSoLinger(true, 0);
			socket.close();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.accept().awaitEndOfStream(SOON))
				.withMessageStartingWith("Awaited the end of the stream, but received 0 bytes, stream Reset[reason=");
		}
	}

	@Test
	void aWaitOfNoTimeSeesWhatIsThere() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.getOutputStream().write(1);
			PeerConnection connection = peer.accept();
			connection.awaitReceived(1, SOON);
			connection.awaitReceived(1, Duration.ZERO);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> connection.awaitReceived(2, Duration.ZERO));
		}
	}

	@Test
	void anInterruptEndsAWaitAndStaysSet() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.awaitReceived(5, SOON))
				.withMessageStartingWith("Interrupted while awaiting 5 bytes: received 0 bytes");
			assertThat(Thread.interrupted()).isTrue();
			assertThat(socket.isClosed()).isFalse();
		}
	}

	@Test
	void aConnectionSaysWhereItIs() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(5), stall()); Socket socket = connect(peer)) {
			socket.getOutputStream().write("abc".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitReceived(3, SOON);
			assertThat(connection).asString()
				.contains(":%d".formatted(peer.port()), ":%d".formatted(socket.getLocalPort()))
				.contains("received 3 bytes, stream Open[], reading Read[count=5]")
				.endsWith("script at Read[count=5] with [Stall[]] ahead]");
		}
	}

	private static Socket connect(ScriptedPeer peer) throws Exception {
		return new Socket(peer.address().getAddress(), peer.port());
	}

}
