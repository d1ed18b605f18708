package io.gentcp.test;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static io.gentcp.test.Step.halfClose;
import static io.gentcp.test.Step.read;
import static io.gentcp.test.Step.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A peer that connects to a listen socket under test. */
class ConnectingTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@Test
	void aConnectingPeerReadsAll() throws Exception {
		try (ServerSocket server = new ServerSocket(0);
				PeerConnection connection = ScriptedPeer.connecting("127.0.0.1", server.getLocalPort());
				Socket socket = server.accept()) {
			socket.getOutputStream().write("hello".getBytes(US_ASCII));
			connection.awaitReceived(5, SOON);
			assertThat(connection.remoteAddress().getPort()).isEqualTo(server.getLocalPort());
			assertThat(connection.localAddress()).isEqualTo(socket.getRemoteSocketAddress());
		}
	}

	@Test
	void aConnectingPeerPerformsItsScript() throws Exception {
		try (ServerSocket server = new ServerSocket(0);
				PeerConnection connection = ScriptedPeer.connecting("localhost", server.getLocalPort(),
						send("ping".getBytes(US_ASCII)), read(4), halfClose());
				Socket socket = server.accept()) {
			assertThat(socket.getInputStream().readNBytes(4)).asString(US_ASCII).isEqualTo("ping");
			socket.getOutputStream().write("pong".getBytes(US_ASCII));
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
			assertThat(connection.received()).asString(US_ASCII).isEqualTo("pong");
		}
	}

	@Test
	void connectingToNobodyFails() throws Exception {
		int port;
		try (ServerSocket server = new ServerSocket(0)) {
			port = server.getLocalPort();
		}
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> ScriptedPeer.connecting("127.0.0.1", port))
			.withMessage("Cannot connect to 127.0.0.1:%d", port);
	}

}
