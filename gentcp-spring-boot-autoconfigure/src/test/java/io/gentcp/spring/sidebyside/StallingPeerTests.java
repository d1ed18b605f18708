package io.gentcp.spring.sidebyside;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessagingException;

import static io.gentcp.spring.sidebyside.Library.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A peer stops reading in the middle of a packet. */
class StallingPeerTests {

	/** More than the kernel takes, whatever its buffers. */
	private static final byte[] LARGE = new byte[16 * 1024 * 1024];

	private static final int ON_WIRE = 4 + LARGE.length;

	private final ScriptedPeer listening = ScriptedPeer.listening(Step.stall());

	@AfterEach
	void close() {
		this.listening.close();
	}

	/** Nothing is set, as by default. */
	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ip")
	class WithIp {

		@Parameter
		private Ip ip;

		private Client client;

		@BeforeEach
		void start() {
			this.client = this.ip.sender(StallingPeerTests.this.listening.port());
		}

		@AfterEach
		void close() {
			this.client.close();
		}

		@Test
		void theSendHasNoTimeoutOfItsOwnAndWaitsUntilThePeerReads() throws Exception {
			Sender large = Sender.of(this.client, LARGE);
			PeerConnection peer = StallingPeerTests.this.listening.accept(PATIENCE);
			awaitStall(large, this.ip);

			Sender behind = Sender.of(this.client, new byte[1]);
			behind.awaitWithin(ReentrantLock.class.getName(), "lock");
			assertThat(large.isWaiting() && behind.isWaiting()).isTrue();

			peer.readAll();
			assertThat(large.awaitOutcome()).isEmpty();
			assertThat(behind.awaitOutcome()).isEmpty();
			peer.awaitReceived(ON_WIRE + 5, PATIENCE);
		}

		@Test
		void nobodyIsToldHowMuchOfThePacketIsOutWhenItEnds() throws Exception {
			Sender large = Sender.of(this.client, LARGE);
			PeerConnection peer = StallingPeerTests.this.listening.accept(PATIENCE);
			awaitStall(large, this.ip);
			peer.reset();

			assertThat(large.awaitOutcome().orElseThrow()).isInstanceOfSatisfying(MessagingException.class, (ex) -> {
				assertThat(ex).hasMessageStartingWith("Send Failed");
				assertThat(String.valueOf(ex.getCause().getMessage())).doesNotContainPattern("\\d");
			});
		}

	}

	/** A timeout for reading is all there is to set. */
	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ip")
	class WithIpAndSoTimeout {

		@Parameter
		private Ip ip;

		@Test
		void theConnectionIsClosedWithAPartOfThePacketOut() throws Exception {
			Ip timed = this.ip.with((factory) -> factory.setSoTimeout(1_000));
			try (Client client = timed.sender(StallingPeerTests.this.listening.port())) {
				Sender large = Sender.of(client, LARGE);
				PeerConnection peer = StallingPeerTests.this.listening.accept(PATIENCE);

				assertThat(large.awaitOutcome().orElseThrow()).isInstanceOf(MessagingException.class)
					.hasMessageStartingWith("Send Failed");
				assertThat(client.openConnections()).isZero();

				peer.readAll();
				await().atMost(PATIENCE).until(() -> !(peer.streamEnd() instanceof StreamEnd.Open));
				assertThat(peer.receivedCount()).isBetween(5L, ON_WIRE - 1L);
			}
		}

	}

	/** The send timeout is short; what is partly out is completed, as by default. */
	@Nested
	class WithGenTcp {

		@Test
		void theSendEndsAtItsTimeoutAndItsPacketIsCompletedWhenThePeerReads() throws Exception {
			try (Client client = Ours.SOCKET.sendTimeout(Duration.ofMillis(500))
				.sender(StallingPeerTests.this.listening.port())) {
				Sender large = Sender.of(client, LARGE);
				PeerConnection peer = StallingPeerTests.this.listening.accept(PATIENCE);
				SendTimeoutException partial = timeout(large);
				assertThat(partial.isRecovering()).isTrue();
				assertThat(partial.bytesOut()).isBetween(1L, ON_WIRE - 1L);
				assertThat(partial.bytesTotal()).isEqualTo(ON_WIRE);

				SendTimeoutException behind = timeout(Sender.of(client, new byte[] { 'b' }));
				assertThat(behind.nothingSent()).isTrue();
				assertThat(client.openConnections()).isOne();

				peer.readAll();
				assertThat(partial.recovery()).succeedsWithin(PATIENCE);
				client.send(new byte[] { 'b' });
				peer.awaitReceived(ON_WIRE + 5, PATIENCE);
				assertThat(peer.receivedPackets(4).complete()).containsExactly(LARGE, new byte[] { 'b' });
				assertThat(StallingPeerTests.this.listening.connections()).hasSize(1);
			}
		}

		@Test
		void onInetThePacketIsQueuedAndTheSendBehindItEndsAtItsTimeout() throws Exception {
			try (Client client = Ours.INET.sendTimeout(Duration.ofMillis(500))
				.sender(StallingPeerTests.this.listening.port())) {
				assertThat(Sender.of(client, LARGE).awaitOutcome()).isEmpty();
				PeerConnection peer = StallingPeerTests.this.listening.accept(PATIENCE);
				SendTimeoutException behind = timeout(Sender.of(client, new byte[] { 'b' }));
				assertThat(behind.isQueued()).isTrue();

				peer.readAll();
				assertThat(behind.queued()).succeedsWithin(PATIENCE);
				peer.awaitReceived(ON_WIRE + 5, PATIENCE);
				assertThat(peer.receivedPackets(4).complete()).containsExactly(LARGE, new byte[] { 'b' });
			}
		}

		private static SendTimeoutException timeout(Sender sender) throws Exception {
			Exception outcome = sender.awaitOutcome().orElseThrow();
			assertThat(outcome).isInstanceOf(MessageHandlingException.class)
				.hasCauseInstanceOf(SendTimeoutException.class);
			return (SendTimeoutException) outcome.getCause();
		}

	}

	/** Waits until the sender waits for the kernel. */
	private static void awaitStall(Sender sender, Ip ip) {
		if (ip.nio()) {
			sender.awaitWithin("sun.nio.ch.SelectorImpl", "select");
		}
		else {
			sender.awaitWithin("sun.nio.ch.NioSocketImpl", "park");
		}
	}

}
