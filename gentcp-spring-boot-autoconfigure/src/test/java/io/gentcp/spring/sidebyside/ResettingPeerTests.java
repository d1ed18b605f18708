package io.gentcp.spring.sidebyside;

import java.net.ConnectException;

import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessagingException;

import static io.gentcp.spring.sidebyside.Library.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A peer resets the connection of an outbound channel adapter. */
class ResettingPeerTests {

	/** More than the kernel takes, whatever its buffers. */
	private static final byte[] LARGE = new byte[16 * 1024 * 1024];

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.Library#all")
	class EveryLibrary {

		@Parameter
		private Library library;

		@Test
		void connectsAgainForTheNextPacket() {
			try (ScriptedPeer listening = ScriptedPeer.listening();
					Client client = this.library.sender(listening.port())) {
				client.send(new byte[] { 'a' });
				PeerConnection first = listening.accept(PATIENCE);
				first.awaitReceived(5, PATIENCE);
				first.reset();
				await().atMost(PATIENCE).until(() -> client.openConnections() == 0);

				client.send(new byte[] { 'b' });

				PeerConnection second = listening.accept(PATIENCE);
				second.awaitReceived(5, PATIENCE);
				assertThat(second.receivedPackets(4).complete()).containsExactly(new byte[] { 'b' });
			}
		}

		@Test
		void aPacketThatThePeerHadNotReadIsLostWithoutAWord() {
			try (ScriptedPeer listening = ScriptedPeer.listening(Step.stall());
					Client client = this.library.sender(listening.port())) {
				client.send(new byte[] { 'a' });
				PeerConnection first = listening.accept(PATIENCE);
				first.reset();
				await().atMost(PATIENCE).until(() -> client.openConnections() == 0);
				client.send(new byte[] { 'b' });

				PeerConnection second = listening.accept(PATIENCE);
				second.readAll();
				second.awaitReceived(5, PATIENCE);
				assertThat(first.receivedCount()).isZero();
				assertThat(second.receivedPackets(4).complete()).containsExactly(new byte[] { 'b' });
			}
		}

	}

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ip")
	class WithIp {

		@Parameter
		private Ip ip;

		/**
		 * {@code TcpSendingMessageHandler} has code that sends once more after an
		 * IOException. It looks for it below a MessageHandlingException, which a send
		 * never throws: in 7.0.5 the packet goes out once.
		 */
		@Test
		void aSendThatFailsIsNotTriedAgainOnAnotherConnection() throws Exception {
			try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(1_000_000));
					Client client = this.ip.sender(listening.port())) {
				Sender large = Sender.of(client, LARGE);
				PeerConnection first = listening.accept(PATIENCE);
				first.awaitReceived(1_000_000, PATIENCE);
				first.reset();
				assertThat(large.awaitOutcome().orElseThrow()).isInstanceOf(MessagingException.class)
					.isNotInstanceOf(MessageHandlingException.class)
					.hasMessageStartingWith("Send Failed");

				client.send(new byte[] { 'b' });

				PeerConnection second = listening.accept(PATIENCE);
				second.readAll();
				second.awaitReceived(5, PATIENCE);
				assertThat(second.receivedPackets(4).complete()).containsExactly(new byte[] { 'b' });
			}
		}

		@Test
		void aPeerThatIsNotThereIsAFailureOfTheSend() {
			int port;
			try (ScriptedPeer listening = ScriptedPeer.listening()) {
				port = listening.port();
			}
			try (Client client = this.ip.sender(port)) {
				assertThatExceptionOfType(MessageHandlingException.class).isThrownBy(() -> client.send(new byte[1]))
					.withRootCauseInstanceOf(ConnectException.class);
			}
		}

	}

	@Nested
	class WithGenTcp {

		@Test
		void aSendThatFailsSaysHowMuchIsOutAndIsNotTriedAgain() throws Exception {
			try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(1_000_000));
					Client client = Ours.SOCKET.sender(listening.port())) {
				Sender large = Sender.of(client, LARGE);
				PeerConnection first = listening.accept(PATIENCE);
				first.awaitReceived(1_000_000, PATIENCE);
				first.reset();
				assertThat(large.awaitOutcome().orElseThrow()).isInstanceOf(MessageHandlingException.class)
					.cause()
					.isInstanceOfSatisfying(GenTcpException.class, (ex) -> {
						assertThat(ex.nothingSent()).isFalse();
						assertThat(ex.bytesOut()).isBetween(1_000_000L, 3L + LARGE.length);
						assertThat(ex.bytesTotal()).isEqualTo(4 + LARGE.length);
					});

				client.send(new byte[] { 'b' });

				PeerConnection second = listening.accept(PATIENCE);
				second.readAll();
				second.awaitReceived(5, PATIENCE);
				assertThat(second.receivedPackets(4).complete()).containsExactly(new byte[] { 'b' });
			}
		}

		@Test
		void aPeerThatIsNotThereIsAFailureWithNothingSent() {
			int port;
			try (ScriptedPeer listening = ScriptedPeer.listening()) {
				port = listening.port();
			}
			try (Client client = Ours.SOCKET.sender(port)) {
				assertThatExceptionOfType(MessageHandlingException.class).isThrownBy(() -> client.send(new byte[1]))
					.havingCause()
					.isInstanceOfSatisfying(ConnectFailedException.class,
							(ex) -> assertThat(ex.nothingSent()).isTrue());
			}
		}

	}

}
