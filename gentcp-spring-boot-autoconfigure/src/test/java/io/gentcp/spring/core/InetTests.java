package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

import io.gentcp.SendResult;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.ClientAndPeer.onWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A client on the inet backend, and a peer that is slow to read. */
@Timeout(120)
class InetTests {

	private static final byte[] NEXT = { 4, 5 };

	/** What is out and queued of the first packets of most tests. */
	private static final int BEFORE = 7 + 4 + LARGE.length;

	private static final UnaryOperator<GenTcpClientSettings> HASTY = TestClient.sendTimeout(Duration.ofMillis(50));

	private static final UnaryOperator<GenTcpClientSettings> ROOMY = (settings) -> settings
		.options(settings.options().highWatermark(10 * LARGE.length));

	/** Has sent two packets, of which most is queued. */
	private static ClientAndPeer stalled(UnaryOperator<GenTcpClientSettings> change) {
		ClientAndPeer pair = ClientAndPeer.on(Backend.INET, change, Step.stall());
		pair.connected();
		pair.client().send(LARGE);
		return pair;
	}

	private static PeerConnection peer(ClientAndPeer pair) {
		return pair.peer().connections().getFirst();
	}

	private static SendTimeoutException timedOut(ClientAndPeer pair, byte[] packet) {
		return catchThrowableOfType(SendTimeoutException.class, () -> pair.client().send(packet));
	}

	@Test
	void aPacketThatTimesOutIsQueuedAndGoesOutByItself() {
		try (ClientAndPeer pair = stalled(HASTY)) {
			SendTimeoutException ex = timedOut(pair, NEXT);

			assertThat(ex).hasMessageContaining("not out within send-timeout (50ms); it is queued")
				.hasMessageContaining("0 of 6 bytes are out")
				.hasMessageContaining("do not send it again");
			assertThat(ex.isQueued()).isTrue();
			assertThat(ex.nothingSent()).as("it will be").isFalse();
			assertThat(ex.bytesOut()).isZero();
			assertThat(ex.bytesTotal()).isEqualTo(6);
			assertThat(ex.isRecovering()).isFalse();
			assertThat(ex.hasRest()).isFalse();
			assertThat(ex.queued()).isNotDone();
			assertThat(pair.client().counters().packetsSent()).isEqualTo(2);

			peer(pair).readAll();

			assertThat(ex.queued()).succeedsWithin(PATIENCE);
			peer(pair).awaitReceived(BEFORE + 6, PATIENCE);
			assertThat(peer(pair).receivedPackets(4).complete()).containsExactly(SMALL, LARGE, NEXT);
			EndpointCounters counters = pair.client().counters();
			assertThat(counters.packetsSent()).isEqualTo(3);
			assertThat(counters.sendTimeoutsQueued()).isOne();
			assertThat(counters.sendTimeoutsNothingSent() + counters.sendTimeoutsPartial()).isZero();
			assertThat(counters.partialPackets()).isZero();
			assertThat(counters.connectionsOpened()).isOne();
		}
	}

	@Test
	void whatIsNotQueuedHasNoFutureForIt() {
		SendTimeoutException ex = new SendTimeoutException("nothing is out", 0, 7);
		assertThat(ex.isQueued()).isFalse();
		assertThat(ex.nothingSent()).isTrue();
		assertThatIllegalStateException().isThrownBy(ex::queued)
			.withMessage("The packet is not queued: nothing is out");
	}

	@Test
	void anInterruptedSenderLearnsThatItsPacketIsQueued() throws Exception {
		try (ClientAndPeer pair = stalled(UnaryOperator.identity())) {
			CompletableFuture<SendTimeoutException> thrown = new CompletableFuture<>();
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			Thread sender = Thread.ofPlatform().start(() -> {
				thrown.complete(timedOut(pair, NEXT));
				flag.complete(Thread.currentThread().isInterrupted());
			});
			await().until(() -> sender.getState() == Thread.State.WAITING);

			sender.interrupt();

			assertThat(thrown).succeedsWithin(PATIENCE).satisfies((ex) -> {
				assertThat(ex)
					.hasMessageContaining("the sender was interrupted before the packet was out; it is queued");
				assertThat(ex.isQueued()).isTrue();
			});
			assertThat(flag).succeedsWithin(PATIENCE).isEqualTo(true);
			peer(pair).readAll();
			peer(pair).awaitReceived(BEFORE + 6, PATIENCE);
			assertThat(pair.client().isConnected()).isTrue();
		}
	}

	@Test
	void aFutureCompletesWhenItsPacketIsQueuedAndTellsOfATimeout() {
		try (ClientAndPeer pair = ClientAndPeer.on(Backend.INET, HASTY, Step.stall())) {
			pair.connected();
			assertThat(pair.client().sendAsync(LARGE)).as("queued").isCompleted();
			CompletableFuture<Void> next = pair.client().sendAsync(NEXT);

			assertThat(next).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOfSatisfying(SendTimeoutException.class, (ex) -> {
					assertThat(ex.isQueued()).isTrue();
					peer(pair).readAll();
					assertThat(ex.queued()).succeedsWithin(PATIENCE);
				});
			assertThat(next.cancel(true)).isFalse();
			peer(pair).awaitReceived(BEFORE + 6, PATIENCE);
			assertThat(peer(pair).receivedPackets(4).complete()).containsExactly(SMALL, LARGE, NEXT);
		}
	}

	@Test
	void cancellingAtTheTimeoutTakesAPacketBackOrLeavesItQueued() {
		Duration timeout = Duration.ofMillis(2);
		try (ClientAndPeer pair = stalled(TestClient.sendTimeout(timeout))) {
			List<byte[]> queued = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				byte[] packet = ByteBuffer.allocate(4).putInt(i).array();
				CompletableFuture<Void> send = pair.client().sendAsync(packet);
				LockSupport.parkNanos(timeout.toNanos());
				if (!send.cancel(true)) {
					assertThat(send).failsWithin(PATIENCE);
					queued.add(packet);
				}
			}

			peer(pair).readAll();
			pair.client().close();
			peer(pair).awaitEndOfStream(PATIENCE);
			List<byte[]> received = peer(pair).receivedPackets(4).packets();
			assertThat(received.subList(2, received.size())).containsExactlyElementsOf(queued);
			assertThat(pair.client().counters().sendTimeoutsQueued()).isEqualTo(queued.size());
		}
	}

	@Test
	void aRequestThatIsQueuedAtItsTimeoutKeepsItsPlace() {
		try (ClientAndPeer pair = stalled(HASTY)) {
			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
					() -> pair.client().sendAndReceive("1"));
			assertThat(ex.isQueued()).isTrue();
			assertThat(ex.nothingSent()).isFalse();
			peer(pair).readAll();
			assertThat(ex.queued()).succeedsWithin(PATIENCE);

			CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> pair.client().sendAndReceive("2"));
			peer(pair).awaitReceived(BEFORE + 5 + 5, PATIENCE);
			peer(pair).send(onWire("late".getBytes(StandardCharsets.UTF_8)));
			peer(pair).send(onWire("mine".getBytes(StandardCharsets.UTF_8)));

			assertThat(reply).succeedsWithin(PATIENCE).isEqualTo("mine");
			assertThat(pair.client().counters().lateReplies()).isOne();
		}
	}

	@Test
	void aRequestThatIsQueuedAtTheReplyTimeoutSaysSo() {
		try (ClientAndPeer pair = stalled((settings) -> ROOMY.apply(settings).replyTimeout(Duration.ofMillis(50)))) {
			assertThatExceptionOfType(ReplyTimeoutException.class).isThrownBy(() -> pair.client().sendAndReceive("1"))
				.withMessageContaining("the request is queued, 0 of 5 bytes are out")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isFalse());
			peer(pair).readAll();
		}
	}

	@Test
	void aRequestThatWasQueuedWhenThePeerEndedItsStreamMayStillGoOut() {
		try (ClientAndPeer pair = stalled(ROOMY)) {
			CompletableFuture<SocketClosedException> thrown = new CompletableFuture<>();
			Thread user = Thread.ofVirtual().start(() -> {
				thrown.complete(
						catchThrowableOfType(SocketClosedException.class, () -> pair.client().sendAndReceive("1")));
			});
			await().until(() -> user.getState() == Thread.State.TIMED_WAITING);

			peer(pair).halfClose();

			assertThat(thrown).succeedsWithin(PATIENCE).satisfies((ex) -> {
				assertThat(ex).hasMessageContaining("0 of 5 bytes are out")
					.hasMessageContaining("the rest was queued and may still go out");
				assertThat(ex.nothingSent()).isFalse();
			});
			peer(pair).readAll();
			peer(pair).awaitReceived(BEFORE + 5, PATIENCE);
		}
	}

	@Test
	void aPacketForWhichTheQueueHasNoRoomIsRefusedWhole() {
		try (ClientAndPeer pair = stalled((settings) -> ROOMY.apply(settings)
			.options(ROOMY.apply(settings).options().maxPending(4 + LARGE.length)))) {
			assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> pair.client().send(LARGE))
				.withMessageContaining("nothing of its 1000004 bytes is out or queued")
				.withMessageContaining("more than max-pending (1000004). The peer is slow to read")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());
			assertThatExceptionOfType(QueueFullException.class)
				.isThrownBy(() -> pair.client().sendAndReceive(new byte[1 + LARGE.length]))
				.withMessageContaining("No packet may be larger than that");

			peer(pair).readAll();
			peer(pair).awaitReceived(BEFORE, PATIENCE);
			assertThat(pair.client().<Integer>execute((socket) -> 1)).as("no request is left over").isOne();
			pair.client().send(NEXT);

			peer(pair).awaitReceived(BEFORE + 6, PATIENCE);
			assertThat(peer(pair).receivedPackets(4).complete()).containsExactly(SMALL, LARGE, NEXT);
			assertThat(pair.client().counters().connectionsOpened()).isOne();
		}
	}

	@Test
	void aCallbackGetsRawResults() {
		try (ClientAndPeer pair = stalled(HASTY)) {
			SendResult result = pair.client().execute((socket) -> socket.send(NEXT));
			assertThat(result).isInstanceOf(SendResult.TimedOutQueued.class);
			peer(pair).readAll();
		}
	}

	@Test
	void whatIsQueuedEndsWithTheConnectionAndTheNextSendOpensAnother() {
		try (ClientAndPeer pair = stalled(HASTY)) {
			SendTimeoutException ex = timedOut(pair, NEXT);

			peer(pair).reset();

			assertThat(ex.queued()).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOfSatisfying(SocketClosedException.class, (closed) -> {
					assertThat(closed.nothingSent()).isTrue();
					assertThat(closed).hasMessageContaining("0 of 6 bytes are out, and sending it again is safe");
				});
			await().until(() -> !pair.client().isConnected());
			pair.client().send(SMALL);
			PeerConnection second = pair.peer().accept(PATIENCE);
			second.readAll();
			pair.client().close();
			second.awaitEndOfStream(PATIENCE);
			assertThat(second.received()).as("nothing of the first connection is sent again").isEqualTo(onWire(SMALL));
		}
	}

	@Test
	void sendersThatWaitFailWhenTheClientIsClosedAndWhatIsQueuedGoesOut() {
		try (ClientAndPeer pair = stalled(UnaryOperator.identity())) {
			CompletableFuture<Void> held = pair.client().sendAsync(NEXT);
			assertThat(held).isNotDone();

			pair.client().close();

			assertThat(held).failsWithin(PATIENCE)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOfSatisfying(SocketClosedException.class, (ex) -> {
					assertThat(ex.nothingSent()).isTrue();
					assertThat(ex).hasMessageContaining("this application closed the client");
				});
			peer(pair).readAll();
			peer(pair).awaitEndOfStream(PATIENCE);
			assertThat(peer(pair).receivedPackets(4).complete()).containsExactly(SMALL, LARGE);
		}
	}

}
