package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import io.gentcp.packet.PacketType;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What a send promises to the thread that calls it. */
class TemplateSendTests {

	@ParameterizedTest
	@EnumSource
	void bytesABufferAndATextAreSentAsPackets(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.charset(StandardCharsets.ISO_8859_1))) {
			ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 0, 7, 8, 0 }, 1, 2);
			pair.client().send(SMALL);
			pair.client().send(buffer);
			pair.client().send("süß");

			PeerConnection peer = pair.peer().accept(PATIENCE);
			peer.awaitReceived(7 + 6 + 7, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, new byte[] { 7, 8 },
					new byte[] { 's', (byte) 0xfc, (byte) 0xdf });
			assertThat(buffer.remaining()).isEqualTo(2);
			assertThat(pair.client().counters().packetsSent()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSendThatNeedNotWaitStaysOnItsThread(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();
			int before = pair.threads().tasks();

			for (int i = 0; i < 100; i++) {
				pair.client().send(SMALL);
				assertThat(pair.client().sendAsync(SMALL)).isCompleted();
			}

			assertThat(pair.threads().tasks()).isEqualTo(before).as("the thread of the connection").isOne();
			peer.awaitReceived(201 * 7, PATIENCE);
		}
	}

	@Test
	void aPlatformThreadWaitsByWayOfAVirtualOne() throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			PeerConnection peer = pair.connected();
			Thread sender = Thread.ofPlatform().start(() -> pair.client().send(LARGE));

			await().until(() -> pair.threads().tasks() == 2);
			peer.readAll();

			assertThat(sender.join(PATIENCE)).isTrue();
			peer.awaitReceived(7 + 4 + LARGE.length, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, LARGE);
		}
	}

	@Test
	void aVirtualThreadWaitsItself() throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			PeerConnection peer = pair.connected();
			Thread sender = Thread.ofVirtual().start(() -> pair.client().send(LARGE));

			await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
			peer.readAll();

			assertThat(sender.join(PATIENCE)).isTrue();
			assertThat(pair.threads().tasks()).as("the thread of the connection").isOne();
			peer.awaitReceived(7 + 4 + LARGE.length, PATIENCE);
		}
	}

	@Test
	void anInterruptedPlatformThreadLearnsExactlyWhatIsOut() throws Exception {
		assertThatAnInterruptActsAsATimeout(Thread.ofPlatform(), Thread.State.WAITING);
	}

	@Test
	void anInterruptedVirtualThreadLearnsExactlyWhatIsOut() throws Exception {
		assertThatAnInterruptActsAsATimeout(Thread.ofVirtual(), Thread.State.TIMED_WAITING);
	}

	private void assertThatAnInterruptActsAsATimeout(Thread.Builder builder, Thread.State waiting) throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			CompletableFuture<SendTimeoutException> thrown = new CompletableFuture<>();
			PeerConnection peer = pair.connected();
			Thread sender = builder.start(() -> {
				thrown.complete(catchThrowableOfType(SendTimeoutException.class, () -> pair.client().send(LARGE)));
				flag.complete(Thread.currentThread().isInterrupted());
			});
			await().until(() -> sender.getState() == waiting);

			sender.interrupt();

			assertThat(thrown).succeedsWithin(PATIENCE).satisfies((ex) -> {
				assertThat(ex).hasMessageContaining("the sender was interrupted");
				assertThat(ex.bytesOut()).isPositive();
				assertThat(ex.bytesTotal()).isEqualTo(4 + LARGE.length);
				peer.readAll();
				assertThat(ex.recovery()).succeedsWithin(PATIENCE);
			});
			assertThat(flag).succeedsWithin(PATIENCE).isEqualTo(true);
			peer.awaitReceived(7 + 4 + LARGE.length, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, LARGE);
			assertThat(pair.client().isConnected()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void anInterruptedThreadStillSendsWhatNeedNotWait(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();

			Thread.currentThread().interrupt();
			pair.client().send(SMALL);

			assertThat(Thread.interrupted()).isTrue();
			peer.awaitReceived(14, PATIENCE);
		}
	}

	@Test
	void theArrayIsTheCallersAgainAfterATimeout() {
		try (ClientAndPeer pair = ClientAndPeer.with(TestClient.sendTimeout(Duration.ofMillis(50)), Step.stall())) {
			PeerConnection peer = pair.connected();
			byte[] mine = LARGE.clone();
			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class, () -> pair.client().send(mine));

			Arrays.fill(mine, (byte) 0);

			peer.readAll();
			assertThat(ex.recovery()).succeedsWithin(PATIENCE);
			peer.awaitReceived(7 + 4 + LARGE.length, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(SMALL, LARGE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPacketThatThePacketTypeCannotCarryIsTheCallersMistake(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.options(settings.options().packet(PacketType.ONE)))) {
			byte[] tooLarge = new byte[256];
			assertThatIllegalArgumentException().as("not connected")
				.isThrownBy(() -> pair.client().sendAsync(tooLarge));
			assertThat(pair.peer().connections()).isEmpty();

			pair.connected();

			assertThatIllegalArgumentException().isThrownBy(() -> pair.client().send(tooLarge));
			assertThatIllegalArgumentException().isThrownBy(() -> pair.client().sendAsync(tooLarge));
			assertThatIllegalArgumentException().isThrownBy(() -> pair.client().sendAndReceive(tooLarge));
			assertThat(pair.client().<Integer>execute((socket) -> 1)).as("no request is left over").isOne();
		}
	}

	@Test
	void sendersFailWithTheirBytesWhenTheClientIsClosed() throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with(Step.stall())) {
			pair.connected();
			CompletableFuture<SocketClosedException> thrown = new CompletableFuture<>();
			Thread sender = Thread.ofVirtual()
				.start(() -> thrown
					.complete(catchThrowableOfType(SocketClosedException.class, () -> pair.client().send(LARGE))));
			await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
			CompletableFuture<Void> behind = pair.client().sendAsync(SMALL);

			pair.client().close();

			assertThat(thrown).succeedsWithin(PATIENCE).satisfies((ex) -> {
				assertThat(ex).hasMessageContaining("this application closed the client");
				assertThat(ex.bytesOut()).isPositive();
			});
			assertThat(behind).failsWithin(PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(SocketClosedException.class, (ex) -> assertThat(ex.nothingSent()).isTrue());
		}
	}

}
