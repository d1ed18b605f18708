package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

/** Sending without waiting keeps order, and can be cancelled while nothing is out. */
class SendAsyncTests {

	private static byte[] numbered(int number) {
		return ByteBuffer.allocate(4).putInt(number).array();
	}

	@ParameterizedTest
	@EnumSource
	void packetsOfOneCallerStayInOrderWhileTheConnectionIsOpened(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			pair.threads().hold();
			List<byte[]> packets = new ArrayList<>();
			List<CompletableFuture<Void>> sends = new ArrayList<>();
			for (int i = 0; i < 5_000; i++) {
				packets.add(numbered(i));
				sends.add(pair.client().sendAsync(numbered(i)));
			}
			pair.threads().release();
			pair.client().send(SMALL);
			packets.add(SMALL);

			assertThat(sends).allSatisfy((send) -> assertThat(send).succeedsWithin(PATIENCE));
			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.awaitReceived(5_000 * 8 + 7, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactlyElementsOf(packets);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatDependsOnAPacketMaySendAnother(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			CompletableFuture<Void> first = pair.client().sendAsync(numbered(1));
			CompletableFuture<Void> second = first.thenRun(() -> pair.client().send(numbered(2)));

			assertThat(second).succeedsWithin(PATIENCE);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.awaitReceived(16, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(numbered(1), numbered(2));
		}
	}

	@Test
	void packetsOfOneCallerStayInOrderWhileThePeerStalls() {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			PeerConnection peer = pair.connected();
			CompletableFuture<Void> large = pair.client().sendAsync(LARGE);
			CompletableFuture<Void> text = pair.client().sendAsync("text");
			CompletableFuture<Void> buffer = pair.client().sendAsync(ByteBuffer.wrap(SMALL));
			assertThat(large).isNotDone();

			peer.readAll();

			assertThat(large).succeedsWithin(PATIENCE);
			assertThat(text).succeedsWithin(PATIENCE);
			assertThat(buffer).succeedsWithin(PATIENCE);
			peer.awaitReceived(7 + 4 + LARGE.length + 8 + 7, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, LARGE,
					new byte[] { 't', 'e', 'x', 't' }, SMALL);
		}
	}

	@Test
	void aTimeoutIsToldByTheFuture() {
		try (ClientAndPeer pair = ClientAndPeer.with(TestClient.sendTimeout(Duration.ofMillis(50)), Step.stall())) {
			assertThat(pair.client().sendAsync(LARGE)).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOfSatisfying(SendTimeoutException.class, (ex) -> {
					assertThat(ex.bytesOut()).isPositive();
					assertThat(ex.isRecovering()).isTrue();
				});
		}
	}

	@ParameterizedTest
	@EnumSource
	void cancellingAPacketThatWaitsForTheConnectionMeansThatItIsNeverSent(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			pair.threads().hold();
			CompletableFuture<Void> first = pair.client().sendAsync(numbered(1));
			CompletableFuture<Void> second = pair.client().sendAsync(numbered(2));
			CompletableFuture<Void> third = pair.client().sendAsync(numbered(3));

			assertThat(second.cancel(false)).isTrue();
			pair.threads().release();

			assertThat(second).isCancelled();
			assertThat(first).succeedsWithin(PATIENCE);
			assertThat(third).succeedsWithin(PATIENCE);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			pair.client().close();
			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(numbered(1), numbered(3));
		}
	}

	@ParameterizedTest
	@EnumSource
	void cancellingAPacketOfWhichNothingIsOutTakesItBack(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend, Step.stall())) {
			PeerConnection peer = pair.connected();
			CompletableFuture<Void> large = pair.client().sendAsync(LARGE);
			CompletableFuture<Void> behind = pair.client().sendAsync(SMALL);

			assertThat(behind.cancel(true)).isTrue();

			assertThat(behind).isCancelled();
			peer.readAll();
			assertThat(large).succeedsWithin(PATIENCE);
			pair.client().close();
			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, LARGE);
			assertThat(pair.client().counters().sendTimeoutsNothingSent()).as("it did not time out").isZero();
		}
	}

	@Test
	void cancellingAPacketOfWhichAPartIsOutHasNoEffect() {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			PeerConnection peer = pair.connected();
			CompletableFuture<Void> large = pair.client().sendAsync(LARGE);

			assertThat(large.cancel(true)).isFalse();

			assertThat(large).isNotDone();
			peer.readAll();
			assertThat(large).succeedsWithin(PATIENCE);
			assertThat(large.cancel(true)).isFalse();
			peer.awaitReceived(7 + 4 + LARGE.length, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, LARGE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void cancellingWhatDependsOnAPacketLeavesThePacketAlone(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend, Step.stall())) {
			PeerConnection peer = pair.connected();
			CompletableFuture<Void> large = pair.client().sendAsync(LARGE);
			CompletableFuture<Void> behind = pair.client().sendAsync(SMALL);

			assertThat(behind.thenRun(() -> {
			}).cancel(true)).isTrue();

			peer.readAll();
			assertThat(large).succeedsWithin(PATIENCE);
			assertThat(behind).succeedsWithin(PATIENCE);
		}
	}

}
