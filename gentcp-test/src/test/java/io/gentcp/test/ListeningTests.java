package io.gentcp.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A listening peer: who is accepted, and what is left after it was closed. */
class ListeningTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration AT_ONCE = Duration.ofMillis(20);

	@Test
	void connectionsAreGivenOutInTheOrderTheyCame() throws Exception {
		try (ScriptedPeer peer = ScriptedPeer.listening();
				Socket first = connect(peer);
				Socket second = connect(peer)) {
			PeerConnection one = peer.accept();
			PeerConnection two = peer.accept(SOON);
			assertThat(one.remoteAddress()).isEqualTo(first.getLocalSocketAddress());
			assertThat(two.remoteAddress()).isEqualTo(second.getLocalSocketAddress());
			assertThat(one.localAddress()).isEqualTo(peer.address());
			assertThat(peer.connections()).containsExactly(one, two);
		}
	}

	@Test
	void acceptingFailsWhenNobodyConnects() {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.accept(AT_ONCE))
				.withMessageStartingWith("Awaited a connection in vain: ScriptedPeer[")
				.withMessageEndingWith(":%d, accepted 0]", peer.port());
		}
	}

	@Test
	void acceptingFailsAtOnceWhenThePeerIsClosed() {
		ScriptedPeer peer = ScriptedPeer.listening();
		peer.close();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(peer::accept)
			.withStackTraceContaining("This peer was closed");
	}

	@Test
	void aPeerAcceptsNoMoreThanItMay() throws Exception {
		PeerOptions options = PeerOptions.DEFAULTS.withAcceptAtMost(1);
		try (ScriptedPeer peer = ScriptedPeer.listening(options);
				Socket first = connect(peer);
				Socket second = connect(peer)) {
			PeerConnection connection = peer.accept();
			assertThat(connection.remoteAddress()).isEqualTo(first.getLocalSocketAddress());
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.accept(AT_ONCE));
			assertThat(second.isConnected()).isTrue();
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "other systems refuse where Linux leaves unanswered")
	void aFullBacklogLeavesConnectingUnanswered() throws Exception {
		PeerOptions options = PeerOptions.DEFAULTS.withAcceptAtMost(0).withBacklog(1);
		List<Socket> sockets = new ArrayList<>();
		try (ScriptedPeer peer = ScriptedPeer.listening(options)) {
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
				while (sockets.size() < 10) {
					Socket socket = new Socket();
					sockets.add(socket);
					socket.connect(peer.address(), 100);
				}
			});
		}
		finally {
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}

	@Test
	void closingEndsEveryConnectionAndThread() throws Exception {
		ScriptedPeer peer = ScriptedPeer.listening(Step.readAll(), Step.pause(Duration.ofDays(1)));
		try (Socket first = connect(peer); Socket second = connect(peer)) {
			peer.accept();
			peer.accept();
			assertThat(threadsOf(peer)).hasSize(5);
			peer.close();
			assertThat(first.getInputStream().read()).isEqualTo(-1);
			assertThat(second.getInputStream().read()).isEqualTo(-1);
			await().atMost(SOON).untilAsserted(() -> assertThat(threadsOf(peer)).isEmpty());
		}
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> connect(peer));
	}

	@Test
	void closingAgainDoesNothing() throws Exception {
		ScriptedPeer peer = ScriptedPeer.listening();
		try (Socket socket = connect(peer)) {
			PeerConnection connection = peer.accept();
			connection.close();
			connection.close();
			peer.close();
			peer.close();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void whatWasReceivedOutlivesTheConnection() throws Exception {
		ScriptedPeer peer = ScriptedPeer.listening();
		try (Socket socket = connect(peer)) {
			socket.getOutputStream().write(7);
			peer.accept().awaitReceived(1, SOON);
		}
		peer.close();
		assertThat(peer.connections().getFirst().received()).containsExactly(7);
	}

	@RepeatedTest(20)
	void aPeerCanComeBackOnItsPort() throws Exception {
		ScriptedPeer gone = ScriptedPeer.listening();
		gone.close();
		PeerOptions samePort = PeerOptions.DEFAULTS.withPort(gone.port());
		try (ScriptedPeer back = ScriptedPeer.listening(samePort); Socket socket = connect(gone)) {
			assertThat(back.accept().remoteAddress()).isEqualTo(socket.getLocalSocketAddress());
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> ScriptedPeer.listening(samePort))
				.withMessage("Cannot listen on port %d", back.port());
		}
	}

	private static List<Thread> threadsOf(ScriptedPeer peer) {
		String port = "-" + peer.port();
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("gentcp-peer-") && thread.getName().contains(port))
			.toList();
	}

	private static Socket connect(ScriptedPeer peer) throws IOException {
		InetSocketAddress address = peer.address();
		return new Socket(address.getAddress(), address.getPort());
	}

}
