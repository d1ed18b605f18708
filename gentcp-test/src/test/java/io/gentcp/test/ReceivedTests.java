package io.gentcp.test;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32C;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a peer keeps of what it received. */
class ReceivedTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final byte[] BYTES = new byte[5_000_000];

	static {
		new Random(2).nextBytes(BYTES);
	}

	@Test
	void everyByteIsKeptInOrder() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.getOutputStream().write(BYTES);
			PeerConnection connection = peer.accept();
			connection.awaitReceived(BYTES.length, SOON);
			assertThat(connection.received()).isEqualTo(BYTES);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyByteCountsForTheChecksum(boolean discard) throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(PeerOptions.DEFAULTS.withDiscard(discard));
				Socket socket = connect(peer)) {
			socket.getOutputStream().write(BYTES);
			PeerConnection connection = peer.accept();
			connection.awaitReceived(BYTES.length, SOON);
			CRC32C checksum = new CRC32C();
			checksum.update(BYTES);
			assertThat(connection.receivedChecksum()).isEqualTo(checksum.getValue());
			assertThat(connection.receivedCount()).isEqualTo(BYTES.length);
		}
	}

	@Test
	void whatIsDiscardedCannotBeAskedFor() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(PeerOptions.DEFAULTS.withDiscard(true));
				Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.getOutputStream().write(1);
			connection.awaitReceived(1, SOON);
			assertThatIllegalStateException().isThrownBy(connection::received);
			assertThatIllegalStateException().isThrownBy(() -> connection.receivedPackets(4));
		}
	}

	@Test
	void aCopyIsGivenOut() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.getOutputStream().write("abc".getBytes(US_ASCII));
			PeerConnection connection = peer.accept();
			connection.awaitReceived(3, SOON);
			connection.received()[0] = 'x';
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("abc");
		}
	}

	@Test
	void packetsAreCutOutOfWhatWasReceived() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(); Socket socket = connect(peer)) {
			socket.getOutputStream().write(new byte[] { 0, 2, 'h', 'i', 0, 0, 0, 3, 'y', 'o' });
			PeerConnection connection = peer.accept();
			connection.awaitReceived(10, SOON);
			ReceivedPackets received = connection.receivedPackets(2);
			assertThat(received.packets()).containsExactly(new byte[] { 'h', 'i' }, new byte[0]);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(received::complete);
			socket.getOutputStream().write('u');
			connection.awaitReceived(11, SOON);
			assertThat(connection.receivedPackets(2).complete()).hasSize(3);
		}
	}

	private static Socket connect(ScriptedPeer peer) throws IOException {
		return new Socket(peer.address().getAddress(), peer.port());
	}

}
