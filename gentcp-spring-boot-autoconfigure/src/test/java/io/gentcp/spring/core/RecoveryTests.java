package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.RestData;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.ClientAndPeer.onWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What becomes of a packet that is partly out at its send timeout. */
class RecoveryTests {

	private static final byte[] ON_WIRE = onWire(LARGE);

	private static UnaryOperator<GenTcpClientSettings> recovery(Recovery recovery) {
		return (settings) -> TestClient.sendTimeout(Duration.ofMillis(50)).apply(settings).recovery(recovery);
	}

	/** Sends more than fits, to a peer that does not read. */
	@CanIgnoreReturnValue
	private static SendTimeoutException timeOut(ClientAndPeer pair) {
		SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class, () -> pair.client().send(LARGE));
		assertThat(ex.bytesOut()).isPositive();
		assertThat(ex.nothingSent()).isFalse();
		assertThat(ex.bytesTotal()).isEqualTo(ON_WIRE.length);
		assertThat(ex).hasMessageContaining("client orders (127.0.0.1:%d)", pair.peer().port())
			.hasMessageContaining("send-timeout (50ms)")
			.hasMessageContaining("%d of %d bytes are out", ex.bytesOut(), ON_WIRE.length);
		assertThat(pair.client().counters().sendTimeoutsPartial()).isOne();
		assertThat(pair.client().counters().partialPackets()).isOne();
		return ex;
	}

	/** Changes the send timeout of the connection there is. */
	private static void sendTimeout(ClientAndPeer pair, Duration timeout) {
		pair.client().execute((socket) -> socket.setOptions((options) -> options.sendTimeout(timeout)));
	}

	@Nested
	class Resume {

		@Test
		void theBackgroundCompletesThePacket() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.RESUME), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				PeerConnection peer = pair.peer().accept(PATIENCE);
				assertThat(ex).hasMessageContaining("do not send it again");
				assertThat(ex.recovery()).isNotDone();

				peer.readAll();

				assertThat(ex.recovery()).succeedsWithin(PATIENCE);
				peer.awaitReceived(ON_WIRE.length, PATIENCE);
				assertThat(peer.received()).isEqualTo(ON_WIRE);
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.COMPLETED)).isOne();
				assertThat(pair.client().counters().packetsSent()).isOne();
			}
		}

		@Test
		void theCallerCannotSendTheRestOrStopTheRecovery() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.RESUME), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);

				assertThat(ex.hasRest()).isFalse();
				assertThatIllegalStateException().isThrownBy(ex::rest).withMessageContaining("recovery: resume");
				assertThat(ex.recovery().cancel(true)).isTrue();
				assertThat(ex.recovery().complete(null)).isTrue();

				assertThat(ex.recovery()).isNotDone();
				pair.peer().accept(PATIENCE).readAll();
				assertThat(ex.recovery()).succeedsWithin(PATIENCE);
			}
		}

		@Test
		void theNextPacketWaitsBehindTheRest() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.RESUME), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				PeerConnection peer = pair.peer().accept(PATIENCE);
				sendTimeout(pair, PATIENCE);
				CompletableFuture<Void> next = pair.client().sendAsync(SMALL);
				assertThat(next).isNotDone();

				peer.readAll();

				assertThat(ex.recovery()).succeedsWithin(PATIENCE);
				assertThat(next).succeedsWithin(PATIENCE);
				peer.awaitReceived(ON_WIRE.length + 7, PATIENCE);
				assertThat(peer.receivedPackets(4).complete()).containsExactly(LARGE, SMALL);
			}
		}

		@Test
		void theNextPacketWaitsNoLongerThanItsOwnTimeout() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.RESUME), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);

				assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> pair.client().send(SMALL))
					.withMessageContaining("nothing of its 7 bytes is out")
					.withMessageContaining("sending it again is safe")
					.satisfies((next) -> {
						assertThat(next.nothingSent()).isTrue();
						assertThat(next.isRecovering()).isFalse();
						assertThatIllegalStateException().isThrownBy(next::recovery);
					});

				assertThat(pair.client().counters().sendTimeoutsNothingSent()).isOne();
				PeerConnection peer = pair.peer().accept(PATIENCE);
				peer.readAll();
				assertThat(ex.recovery()).succeedsWithin(PATIENCE);
				pair.client().close();
				peer.awaitEndOfStream(PATIENCE);
				assertThat(peer.receivedPackets(4).complete()).containsExactly(LARGE);
			}
		}

		@Test
		void atTheRecoveryTimeoutTheConnectionIsClosedAndThatIsSaid() {
			try (ClientAndPeer pair = ClientAndPeer.with(
					(settings) -> recovery(Recovery.RESUME).apply(settings).recoveryTimeout(Duration.ofMillis(300)),
					Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				sendTimeout(pair, PATIENCE);
				CompletableFuture<Void> behind = pair.client().sendAsync(SMALL);

				assertThat(ex.recovery()).failsWithin(PATIENCE)
					.withThrowableOfType(ExecutionException.class)
					.havingCause()
					.isInstanceOfSatisfying(RecoveryFailedException.class, (failed) -> {
						assertThat(failed.bytesOut()).isGreaterThanOrEqualTo(ex.bytesOut());
						assertThat(failed.bytesTotal()).isEqualTo(ON_WIRE.length);
						assertThat(failed).hasMessageContaining("recovery-timeout (300ms)")
							.hasMessageContaining("the connection was closed")
							.hasMessageContaining("%d of %d bytes are out", failed.bytesOut(), ON_WIRE.length);
					});

				assertThat(behind).failsWithin(PATIENCE)
					.withThrowableOfType(ExecutionException.class)
					.havingCause()
					.isInstanceOfSatisfying(SocketClosedException.class, (closed) -> {
						assertThat(closed.nothingSent()).isTrue();
						assertThat(closed).hasMessageContaining("recovery-timeout (300ms)");
					});
				assertThat(pair.client().isConnected()).isFalse();
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.ABANDONED)).isOne();
				pair.client().send(SMALL);
				assertThat(pair.client().counters().connectionsOpened()).isEqualTo(2);
			}
		}

		@Test
		void closingTheClientFailsTheRecovery() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.RESUME), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);

				pair.client().close();

				assertThat(ex.recovery()).failsWithin(PATIENCE)
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(RecoveryFailedException.class)
					.withMessageContaining("this application closed the client");
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.CLOSED)).isOne();
			}
		}

		@Test
		void aResetFailsTheRecovery() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.RESUME), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);

				pair.peer().accept(PATIENCE).reset();

				assertThat(ex.recovery()).failsWithin(PATIENCE)
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(RecoveryFailedException.class)
					.withMessageContaining("the peer closed the connection, or it broke");
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.CLOSED)).isOne();
			}
		}

	}

	@Nested
	class Manual {

		@Test
		void whatThePeerGetsAndTheRestAreTogetherThePacket() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.MANUAL), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				RestData rest = ex.rest();
				PeerConnection peer = pair.peer().accept(PATIENCE);

				peer.readAll();
				peer.awaitReceived(ex.bytesOut(), PATIENCE);

				byte[] both = ByteBuffer.allocate(ON_WIRE.length).put(peer.received()).put(rest.bytes()).array();
				assertThat(both).isEqualTo(ON_WIRE);
				assertThat(ex.isRecovering()).isFalse();
				assertThatIllegalStateException().isThrownBy(ex::recovery).withMessageContaining("recovery: manual");
			}
		}

		@Test
		void theCallerResumesTheRestAndOnlyThenSendsAgain() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.MANUAL), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				PeerConnection peer = pair.peer().accept(PATIENCE);

				assertThatExceptionOfType(PartialPacketException.class).isThrownBy(() -> pair.client().send(SMALL))
					.withMessageContaining("of an earlier packet %d of %d bytes are out", ex.bytesOut(), ON_WIRE.length)
					.withMessageContaining("Resume the rest")
					.satisfies((refused) -> {
						assertThat(refused.nothingSent()).isTrue();
						assertThat(refused.bytesTotal()).isEqualTo(7);
					});
				peer.readAll();
				sendTimeout(pair, PATIENCE);
				pair.client().resume(ex.rest());
				pair.client().send(SMALL);

				peer.awaitReceived(ON_WIRE.length + 7, PATIENCE);
				assertThat(peer.receivedPackets(4).complete()).containsExactly(LARGE, SMALL);
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.RESUMED_BY_CALLER)).isOne();
				assertThat(pair.client().counters().packetsSent()).isEqualTo(2);
			}
		}

		@Test
		void resumingMayTimeOutAgainAndGivesANewRest() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.MANUAL), Step.stall())) {
				SendTimeoutException first = timeOut(pair);
				PeerConnection peer = pair.peer().accept(PATIENCE);

				SendTimeoutException second = catchThrowableOfType(SendTimeoutException.class,
						() -> pair.client().resume(first.rest()));

				assertThat(second.rest()).isNotSameAs(first.rest());
				assertThat(second.bytesOut()).isGreaterThanOrEqualTo(first.bytesOut());
				assertThat(second.bytesTotal()).isEqualTo(ON_WIRE.length);
				assertThatIllegalArgumentException().isThrownBy(() -> pair.client().resume(first.rest()))
					.withMessageContaining("was already resumed");
				assertThat(pair.client().counters().partialPackets()).as("it is the same packet").isOne();
				assertThat(pair.client().counters().sendTimeoutsPartial()).isEqualTo(2);
				peer.readAll();
				peer.awaitReceived(second.bytesOut(), PATIENCE);
				sendTimeout(pair, PATIENCE);
				pair.client().resume(second.rest());
				peer.awaitReceived(ON_WIRE.length, PATIENCE);
				assertThat(peer.received()).isEqualTo(ON_WIRE);
			}
		}

		@Test
		void theRestOfAClosedConnectionCannotBeResumed() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.MANUAL), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				pair.peer().accept(PATIENCE).reset();
				await().until(() -> !pair.client().isConnected());
				pair.client().send(SMALL);

				assertThatExceptionOfType(SocketClosedException.class).isThrownBy(() -> pair.client().resume(ex.rest()))
					.satisfies((closed) -> assertThat(closed.bytesOut()).isEqualTo(ex.bytesOut()));
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.CLOSED)).isOne();
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.RESUMED_BY_CALLER)).isZero();
			}
		}

		@Test
		void theRestOfAnotherClientIsTheCallersMistake() {
			try (ClientAndPeer one = ClientAndPeer.with(recovery(Recovery.MANUAL), Step.stall());
					ClientAndPeer other = ClientAndPeer.with(recovery(Recovery.MANUAL), Step.stall())) {
				SendTimeoutException ex = timeOut(one);

				assertThatIllegalArgumentException().isThrownBy(() -> other.client().resume(ex.rest()))
					.withMessageContaining("not a connection of this client");
			}
		}

		@Test
		void aPacketOfWhichNothingIsOutHasNoRest() {
			try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.recovery(Recovery.MANUAL),
					Step.stall())) {
				PeerConnection peer = pair.connected();
				CompletableFuture<Void> large = pair.client().sendAsync(LARGE);
				sendTimeout(pair, Duration.ofMillis(50));

				SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
						() -> pair.client().send(SMALL));

				assertThat(ex.nothingSent()).isTrue();
				assertThat(ex.hasRest()).isFalse();
				assertThatIllegalStateException().isThrownBy(ex::rest);
				peer.readAll();
				assertThat(large).succeedsWithin(PATIENCE);
			}
		}

	}

	@Nested
	class Close {

		@Test
		void theConnectionIsClosedAndThePeerGetsWhatIsOut() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.CLOSE), Step.stall())) {
				SendTimeoutException ex = timeOut(pair);
				PeerConnection peer = pair.peer().accept(PATIENCE);
				assertThat(ex).hasMessageContaining("the connection is closed (recovery: close)");
				assertThat(ex.hasRest()).isFalse();
				assertThat(ex.isRecovering()).isFalse();
				assertThat(pair.client().isConnected()).isFalse();

				peer.readAll();

				peer.awaitEndOfStream(PATIENCE);
				assertThat(peer.received()).isEqualTo(Arrays.copyOf(ON_WIRE, (int) ex.bytesOut()));
				assertThat(pair.client().counters().recoveries(RecoveryOutcome.CLOSED)).isOne();
			}
		}

		@Test
		void theNextPacketGoesToANewConnection() {
			try (ClientAndPeer pair = ClientAndPeer.with(recovery(Recovery.CLOSE), Step.stall())) {
				timeOut(pair);
				assertThat(pair.peer().accept(PATIENCE).receivedCount()).isZero();

				pair.client().send(SMALL);

				PeerConnection second = pair.peer().accept(PATIENCE);
				second.readAll();
				second.awaitReceived(7, PATIENCE);
				assertThat(second.received()).isEqualTo(onWire(SMALL));
			}
		}

		@Test
		void theConnectionIsClosedAlsoIfNothingOfThePacketIsOut() {
			try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.recovery(Recovery.CLOSE),
					Step.stall())) {
				PeerConnection peer = pair.connected();
				CompletableFuture<Void> large = pair.client().sendAsync(LARGE);
				sendTimeout(pair, Duration.ofMillis(50));

				assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> pair.client().send(SMALL))
					.withMessageContaining("0 of 7 bytes are out, the connection is closed (recovery: close), "
							+ "and sending it again is safe")
					.satisfies((ex) -> assertThat(ex.nothingSent()).isTrue());

				assertThat(large).failsWithin(PATIENCE)
					.withThrowableThat()
					.withCauseInstanceOf(SocketClosedException.class)
					.withMessageContaining("closed because a send timed out");
				peer.readAll();
				peer.awaitEndOfStream(PATIENCE);
			}
		}

		@Test
		void anInterruptWithNothingOutClosesNothing() {
			try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.recovery(Recovery.CLOSE),
					Step.stall())) {
				PeerConnection peer = pair.connected();
				CompletableFuture<Void> large = pair.client().sendAsync(LARGE);

				Thread.currentThread().interrupt();
				SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
						() -> pair.client().send(SMALL));

				assertThat(Thread.interrupted()).isTrue();
				assertThat(ex.nothingSent()).isTrue();
				peer.readAll();
				assertThat(large).succeedsWithin(PATIENCE);
			}
		}

	}

}
