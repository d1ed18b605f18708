package io.gentcp.test;

import java.net.Socket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.pause;
import static io.gentcp.test.Step.read;
import static io.gentcp.test.Step.readAll;
import static io.gentcp.test.Step.stall;
import static io.gentcp.test.Step.trickle;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** What a connection reads when. */
class ReadingTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@Test
	void aPeerWithoutAScriptReadsAll() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.getOutputStream().write("hello".getBytes(US_ASCII));
			socket.shutdownOutput();
			PeerConnection connection = peer.accept();
			connection.awaitEndOfStream(SOON);
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("hello");
			assertThat(connection.receivedCount()).isEqualTo(5);
		}
	}

	@Test
	void aPeerWithAScriptReadsNothingUntilAStepSaysSo() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(pause(Duration.ofMillis(50))); Socket socket = connect(peer)) {
			socket.getOutputStream().write("hello".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitScript(SOON);
			assertThat(connection.receivedCount()).isZero();
			connection.readAll();
			connection.awaitReceived(5, SOON);
		}
	}

	@Test
	void readingACountTakesNotOneByteMore() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(3)); Socket socket = connect(peer)) {
			socket.getOutputStream().write("abcdefgh".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitScript(SOON);
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("abc");
			connection.read(2);
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("abcde");
			connection.read(3);
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("abcdefgh");
		}
	}

	@Test
	void aCountMayArriveInManyPieces() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(5)); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			for (int received = 1; received <= 5; received++) {
				socket.getOutputStream().write('x');
				connection.awaitReceived(received, SOON);
			}
			connection.awaitScript(SOON);
		}
	}

	@Test
	void aTrickleTakesSoManyBytesAndWaits() throws Exception {
		Duration pace = Duration.ofMillis(30);
		try (ScriptedPeer peer = ScriptedPeer.listening(trickle(4, pace)); Socket socket = connect(peer)) {
			long start = System.nanoTime();
			socket.getOutputStream().write("0123456789".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitReceived(10, SOON);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(pace.multipliedBy(2));
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("0123456789");
		}
	}

	@Test
	void aTrickleCanBeStalled() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(trickle(2, Duration.ofDays(1)));
				Socket socket = connect(peer)) {
			socket.getOutputStream().write("0123456789".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitReceived(2, SOON);
			connection.stall();
			assertThat(connection.receivedCount()).isEqualTo(2);
			connection.readAll();
			connection.awaitReceived(10, SOON);
		}
	}

	@Test
	void theLastReadingStepIsInForce() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(readAll(), stall(), read(2), readAll());
				Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.getOutputStream().write("abc".getBytes(US_ASCII));
			connection.awaitReceived(3, SOON);
		}
	}

	private static Socket connect(ScriptedPeer peer) throws Exception {
		return new Socket(peer.address().getAddress(), peer.port());
	}

}
