package io.gentcp.test;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.send;
import static io.gentcp.test.Step.sendCutAt;
import static io.gentcp.test.Step.sendInPieces;
import static io.gentcp.test.Step.stall;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a peer sends, in which pieces, and what happens when nobody takes it. */
class SendingTests {

	private static final Duration PACE = Duration.ofMillis(20);

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final byte[] MORE_THAN_THE_KERNEL_BUFFERS = new byte[32 * 1024 * 1024];

	@Test
	void whatIsSentArrives() throws Exception {
		byte[] bytes = new byte[3_000_000];
		new Random(1).nextBytes(bytes);
		try (ScriptedPeer peer = ScriptedPeer.listening(send(bytes)); Socket socket = connect(peer)) {
			assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
		}
	}

	@Test
	void piecesArriveOneByOne() throws Exception {
		long start = System.nanoTime();
		try (ScriptedPeer peer = ScriptedPeer.listening(sendInPieces("0123456".getBytes(US_ASCII), 3, PACE));
				Socket socket = connect(peer)) {
			assertThat(socket.getInputStream().readNBytes(7)).asString(US_ASCII).isEqualTo("0123456");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(PACE.multipliedBy(2));
		}
	}

	@Test
	void aPacketCanBeCutAnywhere() throws Exception {
		byte[] bytes = "hello".getBytes(US_ASCII);
		try (ScriptedPeer peer = ScriptedPeer.listening(stall()); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			for (int cut = 0; cut <= bytes.length; cut++) {
				connection.play(sendCutAt(bytes, cut, Duration.ZERO));
				assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
			}
		}
	}

	@Test
	void sendingToOneWhoDoesNotReadFailsInTime() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(stall()); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> connection.perform(send(MORE_THAN_THE_KERNEL_BUFFERS), Duration.ofMillis(50)))
				.withMessageMatching("Timed out after \\d+ of 33554432 bytes: the other side takes no more");
		}
	}

	@Test
	void aSendWaitsForItsTurn() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(send(MORE_THAN_THE_KERNEL_BUFFERS));
				Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.getInputStream().readNBytes(1);
			CompletableFuture<Void> second = CompletableFuture.runAsync(() -> connection.send(new byte[] { 1 }));
			byte[] received = socket.getInputStream().readNBytes(MORE_THAN_THE_KERNEL_BUFFERS.length);
			byte[] expected = MORE_THAN_THE_KERNEL_BUFFERS.clone();
			expected[expected.length - 1] = 1;
			assertThat(Arrays.equals(received, expected)).isTrue();
			assertThat(second).succeedsWithin(SOON);
		}
	}

	@Test
	void closingEndsASendThatWaits() throws Exception {
		try (ServerSocket server = new ServerSocket(0);
				PeerConnection connection = ScriptedPeer.connecting("127.0.0.1", server.getLocalPort());
				Socket socket = server.accept()) {
			CompletableFuture<Void> sending = CompletableFuture
				.runAsync(() -> connection.perform(send(MORE_THAN_THE_KERNEL_BUFFERS), Duration.ofDays(1)));
			socket.getInputStream().readNBytes(1);
			connection.close();
			assertThat(sending).failsWithin(SOON)
				.withThrowableThat()
				.withCauseInstanceOf(UncheckedIOException.class)
				.withMessageContaining("closed by this peer");
		}
	}

	@Test
	void sendingAfterTheOtherSideHasResetFails() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.setSoLinger(true, 0);
			socket.close();
			PeerConnection connection = peer.accept();
			connection.awaitReset(SOON);
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> connection.send(new byte[10]))
				.withMessageStartingWith("Send[10 bytes in 1 pieces] found the connection broken: ");
		}
	}

	private static Socket connect(ScriptedPeer peer) throws Exception {
		return new Socket(peer.address().getAddress(), peer.port());
	}

}
