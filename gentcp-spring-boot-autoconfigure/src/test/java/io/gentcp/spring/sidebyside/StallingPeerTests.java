package io.gentcp.spring.sidebyside;

import java.util.concurrent.locks.ReentrantLock;

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
