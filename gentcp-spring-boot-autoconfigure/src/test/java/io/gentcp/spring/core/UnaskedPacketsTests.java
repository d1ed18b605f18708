package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.gentcp.packet.Packet;
import io.gentcp.test.PeerConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.ClientAndPeer.onWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client does with packets that no request asked for, if it has a handler. */
@Timeout(60)
class UnaskedPacketsTests {

	private final List<String> handled = new CopyOnWriteArrayList<>();

	private static String text(Packet packet) {
		return new String(PacketBytes.of(packet), StandardCharsets.UTF_8);
	}

	private static byte[] framed(String packet) {
		return onWire(packet.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void areHandledInOrderOnVirtualThreadsAndWhatIsReturnedIsSent() {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setPacketHandler((packet, connection) -> {
				assertThat(Thread.currentThread().isVirtual()).isTrue();
				this.handled.add(text(packet));
				return ByteBuffer.wrap(("re " + text(packet)).getBytes(StandardCharsets.UTF_8));
			});
			PeerConnection peer = pair.connected();
			List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
			sent.forEach((packet) -> peer.send(framed(packet)));

			await().atMost(PATIENCE).until(() -> this.handled.size() == 500);
			assertThat(this.handled).isEqualTo(sent);
			await().atMost(PATIENCE).until(() -> peer.receivedPackets(4).complete().size() == 501);
			assertThat(peer.receivedPackets(4).complete().getLast()).isEqualTo("re 499".getBytes());
			assertThat(pair.client().counters().uncorrelatedPackets()).isZero();
		}
	}

	@Test
	void theHandlerMaySendARequestOnTheSameClient() {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setPacketHandler((packet, connection) -> {
				this.handled.add(pair.client().sendAndReceive("which?"));
				return null;
			});
			PeerConnection peer = pair.connected();
			peer.send(framed("news"));
			peer.awaitReceived(4 + SMALL.length + 10, PATIENCE);
			peer.send(framed("this one"));

			await().atMost(PATIENCE).until(() -> this.handled.equals(List.of("this one")));
		}
	}

	@Test
	void aRequestsReplyGoesToTheRequest() {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setPacketHandler((packet, connection) -> {
				this.handled.add(text(packet));
				return null;
			});
			PeerConnection peer = pair.connected();
			CompletableFuture<String> reply = CompletableFuture
				.supplyAsync(() -> pair.client().sendAndReceive("hello"));
			peer.awaitReceived(4 + SMALL.length + 9, PATIENCE);
			peer.send(framed("reply"));
			assertThat(reply.join()).isEqualTo("reply");
			assertThat(this.handled).isEmpty();
		}
	}

	@Test
	void aHandlerThatIsSlowHoldsUpThePeerAndNotTheHeap() {
		CountDownLatch go = new CountDownLatch(1);
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setPacketHandler((packet, connection) -> {
				go.await();
				this.handled.add(text(packet));
				return null;
			});
			PeerConnection peer = pair.connected();
			int more = UnaskedPackets.MOST + 100;
			IntStream.range(0, more).forEach((number) -> peer.send(framed("packet " + number)));
			// One is being handled, one is in the receiver's hand.
			await().atMost(PATIENCE).until(() -> pair.client().counters().packetsReceived() == UnaskedPackets.MOST + 2);
			assertThat(this.handled).isEmpty();

			go.countDown();
			await().atMost(PATIENCE).until(() -> this.handled.size() == more);
		}
	}

	@Test
	void whatCameBeforeTheEndIsHandledAfterIt() {
		CountDownLatch go = new CountDownLatch(1);
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setPacketHandler((packet, connection) -> {
				go.await();
				this.handled.add(text(packet));
				return null;
			});
			PeerConnection peer = pair.connected();
			peer.send(framed("one"));
			peer.send(framed("two"));
			peer.close();
			await().atMost(PATIENCE).until(() -> !pair.client().isConnected());
			go.countDown();
			await().atMost(PATIENCE).until(() -> this.handled.equals(List.of("one", "two")));
		}
	}

	@Test
	void aHandlerThatThrowsEndsTheConnection() {
		try (ClientAndPeer pair = ClientAndPeer.with()) {
			pair.client().setPacketHandler((packet, connection) -> {
				throw new IllegalStateException("no stock");
			});
			PeerConnection peer = pair.connected();
			peer.send(framed("x"));
			peer.awaitEndOfStream(PATIENCE);
			await().until(() -> pair.client().counters().connectionsClosed(CloseReason.ERROR) == 1);
		}
	}

}
