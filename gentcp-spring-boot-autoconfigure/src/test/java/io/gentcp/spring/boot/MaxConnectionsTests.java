package io.gentcp.spring.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.gentcp.TcpSocket;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.StreamEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What {@code gentcp.server.<name>.max-connections} means for an application's peers. */
class MaxConnectionsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ConfigurableApplicationContext application = new SpringApplicationBuilder(ServerApplication.class)
		.web(WebApplicationType.NONE)
		.run("--gentcp.packet=line", "--gentcp.server.edge.port=0", "--gentcp.server.edge.address=127.0.0.1",
				"--gentcp.server.edge.max-connections=2");

	private final GenTcpListenerContainer container = this.application.getBean(GenTcpListenerContainer.class);

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void furtherPeersAreConnectedButGetNoReplyWhileTheOthersTalk() {
		try (PeerConnection first = connect();
				PeerConnection second = connect();
				PeerConnection third = connect();
				PeerConnection fourth = connect()) {
			third.send(line("third"));
			fourth.send(line("fourth"));
			for (int i = 1; i <= 100; i++) {
				assertThat(replyTo("first", first, i)).isEqualTo("FIRST\n");
				assertThat(replyTo("second", second, i)).isEqualTo("SECOND\n");
			}
			assertThat(this.container.activeConnections()).isEqualTo(2);
			assertWaits(third);
			assertWaits(fourth);
		}
	}

	@Test
	void eachConnectionThatEndsLetsTheNextPeerIn() {
		try (PeerConnection first = connect();
				PeerConnection second = connect();
				PeerConnection third = connect();
				PeerConnection fourth = connect()) {
			third.send(line("third"));
			fourth.send(line("fourth"));
			assertThat(replyTo("first", first, 1)).isEqualTo("FIRST\n");
			assertThat(replyTo("second", second, 1)).isEqualTo("SECOND\n");
			first.close();
			assertThat(reply(third, "third")).isEqualTo("THIRD\n");
			assertThat(replyTo("second", second, 2)).isEqualTo("SECOND\n");
			assertWaits(fourth);
			second.reset();
			assertThat(reply(fourth, "fourth")).isEqualTo("FOURTH\n");
			assertThat(this.container.activeConnections()).isEqualTo(2);
		}
		await().atMost(PATIENCE).until(() -> this.container.activeConnections() == 0);
	}

	@Test
	void aConnectionThatTheServerEndsLetsTheNextPeerInAsWell() {
		try (PeerConnection first = connect(); PeerConnection second = connect(); PeerConnection third = connect()) {
			third.send(line("third"));
			assertThat(replyTo("second", second, 1)).isEqualTo("SECOND\n");
			first.send(line("close"));
			first.awaitEndOfStream(PATIENCE);
			assertThat(reply(third, "third")).isEqualTo("THIRD\n");
		}
	}

	@Test
	void aPeerThatLeftWhileItWaitedTakesNoRoom() {
		try (PeerConnection first = connect(); PeerConnection second = connect()) {
			PeerConnection third = connect();
			try (PeerConnection fourth = connect()) {
				fourth.send(line("fourth"));
				assertThat(replyTo("second", second, 1)).isEqualTo("SECOND\n");
				third.close();
				first.close();
				assertThat(reply(fourth, "fourth")).isEqualTo("FOURTH\n");
			}
		}
	}

	private PeerConnection connect() {
		return ScriptedPeer.connecting("127.0.0.1", this.container.port());
	}

	private static byte[] line(String text) {
		return (text + "\n").getBytes(StandardCharsets.UTF_8);
	}

	/** Sends a line for the nth time, and returns the nth reply. */
	private static String replyTo(String text, PeerConnection peer, int nth) {
		peer.send(line(text));
		int size = line(text).length;
		peer.awaitReceived((long) nth * size, PATIENCE);
		return new String(peer.received(), (nth - 1) * size, size, StandardCharsets.UTF_8);
	}

	/** Returns the reply to what was sent before. */
	private static String reply(PeerConnection peer, String text) {
		peer.awaitReceived(line(text).length, PATIENCE);
		return new String(peer.received(), StandardCharsets.UTF_8);
	}

	private static void assertWaits(PeerConnection peer) {
		assertThat(peer.receivedCount()).isZero();
		assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.Open.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GenTcpAutoConfiguration.class)
	static class ServerApplication {

		@GenTcpListener
		String onPacket(String packet, TcpSocket connection) {
			if (packet.equals("close\n")) {
				connection.close();
			}
			return packet.toUpperCase();
		}

	}

}
