package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.gentcp.SocketOptions;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.test.StreamEnd;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Replies of a server on the inet backend, and a peer that is slow to read them. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class InetReplyTests {

	private static final int LARGE = 4 * 1024 * 1024;

	/** The reply is as large as the packet says, or the packet itself. */
	private static ByteBuffer reply(Packet packet) {
		String text = new String(PacketBytes.of(packet), StandardCharsets.UTF_8);
		return text.equals("large") ? ByteBuffer.allocate(LARGE) : StandardCharsets.UTF_8.encode(text);
	}

	private static RunningServer inet(UnaryOperator<SocketOptions> change) {
		return RunningServer.with((packet, connection) -> reply(packet), (settings) -> settings
			.options(change.apply(settings.options().backend(Backend.INET).sndbuf(16 * 1024))));
	}

	private static long warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains(" WARN ")).count();
	}

	@Test
	void aReplyThatStaysQueuedIsOneWarningAndTheConnectionGoesOn(CapturedOutput output) {
		try (RunningServer server = inet((options) -> options.sendTimeout(Duration.ofMillis(50)));
				PeerConnection peer = server.connect(Step.stall())) {
			peer.send(framed("large"));
			peer.send(framed("behind"));
			await().atMost(PATIENCE).until(() -> warnings(output) == 1);
			assertThat(output).contains("server edge")
				.contains("a reply is late")
				.contains("it is queued (backend: inet, 0 of 10 bytes are out)");

			peer.readAll();
			// Behind what is still queued this one might be late as well.
			peer.awaitReceived(4 + LARGE + 10, PATIENCE);
			peer.send(framed("again"));

			peer.awaitReceived(4 + LARGE + 10 + 9, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).containsExactly(new byte[LARGE], "behind".getBytes(),
					"again".getBytes());
			assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.Open.class);
			assertThat(warnings(output)).isOne();
			assertThat(output).doesNotContain(" ERROR ");
		}
	}

	@Test
	void aReplyForWhichTheQueueHasNoRoomIsOneWarningAndTheConnectionIsClosed(CapturedOutput output) {
		try (RunningServer server = inet((options) -> options.maxPending(LARGE + 4));
				PeerConnection peer = server.connect(Step.stall());
				PeerConnection other = server.connect()) {
			peer.send(framed("large"));
			peer.send(framed("large"));
			await().atMost(PATIENCE).until(() -> warnings(output) == 1);
			assertThat(output).contains("a reply was not sent")
				.contains("more than max-pending (%d)".formatted(LARGE + 4))
				.contains("the connection is closed");

			peer.readAll();
			other.send(framed("fine"));

			peer.awaitReceived(4 + LARGE, PATIENCE);
			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).as("what was queued before")
				.containsExactly(new byte[LARGE]);
			other.awaitReceived(8, PATIENCE);
			assertThat(warnings(output)).isOne();
		}
	}

	@Test
	void aPeerThatSendsFastAndReadsLaterGetsEveryReplyInOrder(CapturedOutput output) {
		List<String> packets = IntStream.range(0, 3_000).mapToObj((i) -> i + "x".repeat(i % 2_000)).toList();
		int size = packets.stream().mapToInt((packet) -> 4 + packet.length()).sum();
		try (RunningServer server = inet((options) -> options); PeerConnection peer = server.connect(Step.stall())) {
			Thread sender = Thread.ofVirtual().start(() -> packets.forEach((packet) -> peer.send(framed(packet))));
			peer.trickle(100_000, Duration.ofMillis(10));
			await().atMost(Duration.ofSeconds(30)).until(() -> !sender.isAlive());
			peer.readAll();

			peer.awaitReceived(size, PATIENCE);
			assertThat(peer.receivedPackets(4).complete()).extracting(String::new).containsExactlyElementsOf(packets);
			assertThat(warnings(output)).isZero();
		}
	}

	@Test
	void stoppingLosesNoReplyThatTheHostOfAReadingPeerTakes() {
		try (RunningServer server = inet((options) -> options);
				PeerConnection peer = server.connect(Step.trickle(100_000, Duration.ofMillis(20)))) {
			peer.send(framed("large"));
			peer.awaitReceived(1, PATIENCE);

			server.container().stop();

			peer.awaitEndOfStream(PATIENCE);
			assertThat(peer.receivedPackets(4).packets()).containsExactly(new byte[LARGE]);
			assertThat(peer.streamEnd()).isInstanceOf(StreamEnd.EndOfStream.class);
		}
	}

}
