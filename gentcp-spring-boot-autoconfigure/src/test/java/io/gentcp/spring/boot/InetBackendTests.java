package io.gentcp.spring.boot;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** An application with backend inet loses nothing of what it queued when it ends. */
@Timeout(60)
class InetBackendTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final byte[] LARGE = new byte[2_000_000];

	static {
		new Random(42).nextBytes(LARGE);
	}

	private final ApplicationContextRunner application = ConfiguredContext.runner()
		.withPropertyValues("gentcp.backend=inet", "gentcp.packet=4", "gentcp.sndbuf=16KB");

	private static Step slowly() {
		return Step.trickle(50_000, Duration.ofMillis(10));
	}

	@Test
	void aClosingContextSendsWhatItsClientsHaveQueued() {
		try (ScriptedPeer listening = ScriptedPeer.listening(slowly())) {
			this.application
				.withPropertyValues("gentcp.client.orders.host=127.0.0.1",
						"gentcp.client.orders.port=" + listening.port())
				.run((context) -> context.getBean(GenTcpTemplate.class).send(LARGE));

			PeerConnection peer = listening.accept(PATIENCE);
			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.EndOfStream.class);
			assertThat(peer.receivedPackets(4).packets()).containsExactly(LARGE);
		}
	}

	@Test
	void aClosingContextSendsWhatItsServersHaveQueued() {
		PeerConnection[] connected = new PeerConnection[1];
		this.application
			.withPropertyValues("gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.high-watermark=10MB", "gentcp.max-pending=10MB")
			.withBean(Replies.class)
			.run((context) -> {
				int port = context.getBean(GenTcpListenerContainer.class).port();
				connected[0] = ScriptedPeer.connecting("127.0.0.1", port, slowly());
				connected[0].send(new byte[] { 0, 0, 0, 1, 1, 0, 0, 0, 1, 2 });
				connected[0].awaitReceived(1, PATIENCE);
			});

		try (PeerConnection peer = connected[0]) {
			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.EndOfStream.class);
			assertThat(peer.receivedPackets(4).packets()).first().isEqualTo(LARGE);
		}
	}

	static class Replies {

		@GenTcpListener("edge")
		ByteBuffer onPacket(byte[] packet) {
			return ByteBuffer.wrap(LARGE);
		}

	}

}
