package io.gentcp.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.stall;
import static org.assertj.core.api.Assertions.assertThat;

/** A peer that stops reading, and what its sender feels of it. */
class StallTests {

	private static final Duration QUIET = Duration.ofMillis(200);

	private static final Duration SOON = Duration.ofSeconds(10);

	@Test
	void aStalledPeerStopsTakingBytes() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(stall()); Sender sender = new Sender(peer.address())) {
			long sent = sender.sendUntilStuck(QUIET);
			assertThat(sent).as("what the kernel buffers").isLessThan(256 * 1024);
			assertThat(peer.accept().receivedCount()).isZero();
		}
	}

	@Test
	void aStalledPeerThatReadsAgainGetsEveryByte() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(stall()); Sender sender = new Sender(peer.address())) {
			long sent = sender.sendUntilStuck(QUIET);
			PeerConnection connection = peer.accept();
			connection.readAll();
			connection.awaitReceived(sent, SOON);
			sender.send(100_000);
			connection.awaitReceived(sent + 100_000, SOON);
			assertThat(connection.receivedCount()).isEqualTo(sent + 100_000);
		}
	}

	@Test
	void stallingTakesEffectBeforeItReturns() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Sender sender = new Sender(peer.address())) {
			PeerConnection connection = peer.accept();
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilClosed(sender));
			connection.awaitReceived(1_000_000, SOON);
			connection.stall();
			long count = connection.receivedCount();
			connection.read(10_000);
			assertThat(connection.receivedCount()).isEqualTo(count + 10_000);
			peer.close();
			assertThat(sending).failsWithin(SOON);
		}
	}

	@RepeatedTest(20)
	void aPeerStalledAsSoonAsItIsAcceptedStaysStalled() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Sender sender = new Sender(peer.address())) {
			PeerConnection connection = peer.accept();
			connection.stall();
			sender.send(1000);
			connection.read(1);
			assertThat(connection.receivedCount()).isEqualTo(1);
		}
	}

	@Test
	void aPeerCanBeStalledAndReleasedManyTimes() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Sender sender = new Sender(peer.address())) {
			PeerConnection connection = peer.accept();
			for (int round = 1; round <= 100; round++) {
				connection.stall();
				sender.send(1000);
				assertThat(connection.receivedCount()).isEqualTo((round - 1) * 1000L);
				connection.readAll();
				connection.awaitReceived(round * 1000L, SOON);
			}
		}
	}

	private static void sendUntilClosed(Sender sender) {
		try {
			while (true) {
				sender.send(10_000);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
