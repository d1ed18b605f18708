package io.gentcp.test;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.readAll;
import static io.gentcp.test.Step.send;
import static io.gentcp.test.Step.stall;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** How a connection ends, seen from either side. */
class StreamEndTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration AT_ONCE = Duration.ofMillis(20);

	@Test
	void aStreamIsOpenUntilItEnds() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			assertThat(connection.streamEnd()).isEqualTo(new StreamEnd.Open());
			socket.shutdownOutput();
			connection.awaitEndOfStream(SOON);
			assertThat(connection.streamEnd()).isEqualTo(new StreamEnd.EndOfStream());
		}
	}

	@Test
	void aPeerSendsOnAfterTheOtherSideHasEndedItsStream() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.shutdownOutput();
			connection.awaitEndOfStream(SOON);
			connection.send("bye".getBytes(US_ASCII));
			connection.close();
			assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("bye");
		}
	}

	@Test
	void aPeerReadsOnAfterItHasHalfClosed() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.halfClose();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
			socket.getOutputStream().write("bye".getBytes(US_ASCII));
			connection.awaitReceived(3, SOON);
		}
	}

	@Test
	void aResetByThePeerBreaksTheOtherSide() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
			assertThat(connection.streamEnd()).isEqualTo(new StreamEnd.Closed());
		}
	}

	@Test
	void closingLetsTheOtherSideReadToTheEnd() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.send("bye".getBytes(US_ASCII));
			connection.close();
			assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("bye");
			assertThat(connection.streamEnd()).isEqualTo(new StreamEnd.Closed());
		}
	}

	@Test
	void closingOverUnreadBytesResets() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.read(1), stall()); Socket socket = connect(peer)) {
			socket.getOutputStream().write("hello".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitScript(SOON);
			connection.close();
			await().atMost(SOON)
				.untilAsserted(() -> assertThatExceptionOfType(SocketException.class)
					.isThrownBy(() -> socket.getInputStream().read()));
		}
	}

	@Test
	void aResetByTheOtherSideIsSeenAfterTheBytesBeforeIt() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.getOutputStream().write("hello".getBytes(US_ASCII));
			connection.awaitReceived(5, SOON);
			reset(socket);
			connection.awaitReset(SOON);
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("hello");
		}
	}

	@RepeatedTest(20)
	void aResetIsSeenAsOneEvenIfASendFindsItFirst() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(readAll(), send(new byte[8 * 1024 * 1024]));
				Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.getInputStream().readNBytes(100_000);
			reset(socket);
			connection.awaitReset(SOON);
		}
	}

	@Test
	void aStalledPeerSeesNoEnd() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(stall()); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			reset(socket);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.awaitReset(AT_ONCE))
				.withMessage("Awaited a reset in vain: received 0 bytes, stream Open[], reading Stall[]");
			connection.readAll();
			connection.awaitReset(SOON);
		}
	}

	private static void reset(Socket socket) throws IOException {
		socket.setSoLinger(true, 0);
		socket.close();
	}

	private static Socket connect(ScriptedPeer peer) throws Exception {
		return new Socket(peer.address().getAddress(), peer.port());
	}

}
