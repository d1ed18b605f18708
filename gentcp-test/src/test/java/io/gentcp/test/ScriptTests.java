package io.gentcp.test;

import java.net.Socket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.close;
import static io.gentcp.test.Step.halfClose;
import static io.gentcp.test.Step.pause;
import static io.gentcp.test.Step.read;
import static io.gentcp.test.Step.readAll;
import static io.gentcp.test.Step.reset;
import static io.gentcp.test.Step.send;
import static io.gentcp.test.Step.stall;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The steps of a script are performed in order; a test may do a step itself at any time.
 */
class ScriptTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration AT_ONCE = Duration.ofMillis(20);

	@Test
	void aReplyIsSentWhenTheRequestHasCome() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(4), send(ascii("pong")), halfClose(), readAll());
				Socket socket = connect(peer)) {
			socket.getOutputStream().write(ascii("ping"));
			assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("pong");
			assertThat(peer.accept().received()).asString(US_ASCII).isEqualTo("ping");
		}
	}

	@Test
	void everyConnectionPerformsTheScript() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(send(ascii("hi")), close())) {
			for (int round = 0; round < 3; round++) {
				try (Socket socket = connect(peer)) {
					assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("hi");
				}
			}
			assertThat(peer.connections()).hasSize(3);
		}
	}

	@Test
	void aPauseHoldsBackTheStepsAfterIt() throws Exception {
		long start = System.nanoTime();
		try (ScriptedPeer peer = ScriptedPeer.listening(pause(Duration.ofMillis(60)), close());
				Socket socket = connect(peer)) {
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
		}
	}

	@Test
	void aStepPlayedLaterComesAfterTheScript() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(1), send(ascii("a"))); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.play(send(ascii("b")), send(ascii("c")), halfClose());
			socket.getOutputStream().write('x');
			assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("abc");
			connection.awaitScript(SOON);
		}
	}

	@Test
	void theTestNeedNotWaitForTheScript() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(pause(Duration.ofDays(1))); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.send(ascii("now"));
			assertThat(socket.getInputStream().readNBytes(3)).asString(US_ASCII).isEqualTo("now");
		}
	}

	@Test
	void aScriptWaitsForItsBytesAsLongAsTheConnectionLives() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(5), stall()); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.awaitScript(AT_ONCE))
				.withMessage("Awaited the end of the script in vain: it is at Read[count=5] with [Stall[]] ahead");
			socket.getOutputStream().write(ascii("hello"));
			connection.awaitScript(SOON);
		}
	}

	@Test
	void aStepThatFailsEndsTheScript() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(read(5), send(ascii("ok"))); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			socket.getOutputStream().write(ascii("hel"));
			socket.shutdownOutput();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.awaitScript(SOON))
				.withMessageStartingWith("The script ended at Read[count=5] with [Send[2 bytes in 1 pieces]] ahead")
				.withStackTraceContaining("Awaited 5 bytes, but received 3 bytes, stream EndOfStream[]");
			assertThatIllegalStateException().isThrownBy(() -> connection.play(send(ascii("ok"))));
		}
	}

	@Test
	void closingDropsWhatIsLeftOfTheScript() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(pause(Duration.ofDays(1)), reset());
				Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.close();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> connection.awaitScript(SOON));
			assertThatIllegalStateException().isThrownBy(() -> connection.play(readAll()));
		}
	}

	@Test
	void aScriptThatClosesIsDone() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening(close()); Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			assertThatNoException().isThrownBy(() -> connection.awaitScript(SOON));
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	private static Socket connect(ScriptedPeer peer) throws Exception {
		return new Socket(peer.address().getAddress(), peer.port());
	}

	private static byte[] ascii(String text) {
		return text.getBytes(US_ASCII);
	}

}
