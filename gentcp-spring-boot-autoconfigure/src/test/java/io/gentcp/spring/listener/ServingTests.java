package io.gentcp.spring.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.gentcp.spring.core.PacketHandler;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static io.gentcp.spring.listener.RunningServer.PATIENCE;
import static io.gentcp.spring.listener.RunningServer.awaitPackets;
import static io.gentcp.spring.listener.RunningServer.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@ValueSource(strings = { "once", "true", "3" })
class ServingTests {

	@Parameter
	String active;

	@Test
	void aReplyIsSentBackAsAPacket() {
		try (RunningServer server = serve((packet, connection) -> upperCase(packet));
				PeerConnection peer = server.connect()) {
			peer.send(framed("hello"));
			assertThat(awaitPackets(peer, "HELLO")).containsExactly("HELLO");
		}
	}

	@Test
	void anEmptyReplyIsAPacketToo() {
		try (RunningServer server = serve((packet, connection) -> ByteBuffer.allocate(0));
				PeerConnection peer = server.connect()) {
			peer.send(framed("hello"));
			assertThat(awaitPackets(peer, "")).containsExactly("");
		}
	}

	@Test
	void withoutAReplyNothingIsSent() {
		CountDownLatch handled = new CountDownLatch(2);
		try (RunningServer server = serve((packet, connection) -> {
			handled.countDown();
			return (handled.getCount() == 0) ? upperCase(packet) : null;
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("first"));
			peer.send(framed("second"));
			assertThat(awaitPackets(peer, "SECOND")).containsExactly("SECOND");
		}
	}

	@Test
	void packetsOfAConnectionAreHandledInOrderAndOneAtATime() {
		AtomicInteger atOnce = new AtomicInteger();
		List<Integer> most = new CopyOnWriteArrayList<>();
		String[] packets = IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);
		try (RunningServer server = serve((packet, connection) -> {
			most.add(atOnce.incrementAndGet());
			Thread.yield();
			atOnce.decrementAndGet();
			return upperCase(packet);
		}); PeerConnection peer = server.connect()) {
			Arrays.stream(packets).forEach((packet) -> peer.send(framed(packet)));
			assertThat(awaitPackets(peer, packets)).containsExactly(packets);
		}
		assertThat(most).containsOnly(1);
	}

	@Test
	void connectionsAreHandledAtTheSameTimeOnVirtualThreads() throws Exception {
		CyclicBarrier both = new CyclicBarrier(2);
		List<Thread> threads = new CopyOnWriteArrayList<>();
		try (RunningServer server = serve((packet, connection) -> {
			threads.add(Thread.currentThread());
			both.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			return upperCase(packet);
		}); PeerConnection one = server.connect(); PeerConnection other = server.connect()) {
			one.send(framed("one"));
			other.send(framed("other"));
			assertThat(awaitPackets(one, "ONE")).containsExactly("ONE");
			assertThat(awaitPackets(other, "OTHER")).containsExactly("OTHER");
		}
		assertThat(threads).doesNotHaveDuplicates().allMatch(Thread::isVirtual);
		assertThat(threads).extracting(Thread::getName).allMatch((name) -> name.matches("gentcp-edge-\\w{4}-[12]"));
	}

	@Test
	void aHandlerMaySendMoreOnTheConnectionAndCloseIt() {
		try (RunningServer server = serve((packet, connection) -> {
			connection.send("pushed".getBytes(StandardCharsets.UTF_8));
			connection.close();
			return null;
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("hello"));
			peer.awaitEndOfStream(PATIENCE);
			assertThat(awaitPackets(peer, "pushed")).containsExactly("pushed");
		}
	}

	@Test
	void aPeerThatSendsTooFastIsHeldUpByTcp() {
		CountDownLatch release = new CountDownLatch(1);
		byte[] large = framed("x".repeat(64 * 1024));
		try (RunningServer server = serve((packet, connection) -> {
			release.await();
			return null;
		}, (settings) -> settings.options(settings.options().recbuf(16 * 1024)));
				PeerConnection peer = server.connect()) {
			AtomicInteger sent = new AtomicInteger();
			Thread sender = Thread.ofVirtual().start(() -> {
				while (sent.get() < 1000) {
					peer.perform(Step.send(large), Duration.ofMinutes(1));
					sent.incrementAndGet();
				}
			});
			await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(sent::get, (count) -> count < 200);
			release.countDown();
			await().atMost(Duration.ofSeconds(30)).until(() -> !sender.isAlive());
			assertThat(sent).hasValue(1000);
		}
	}

	@Test
	void theConnectionIsGoneAfterThePeerHasEndedIt() {
		try (RunningServer server = serve((packet, connection) -> upperCase(packet))) {
			PeerConnection peer = server.connect();
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 1);
			peer.close();
			await().atMost(PATIENCE).until(() -> server.container().activeConnections() == 0);
		}
	}

	@Test
	void aPeerThatEndsItsHalfStillGetsTheReplyToWhatItSent() {
		try (RunningServer server = serve((packet, connection) -> upperCase(packet));
				PeerConnection peer = server.connect()) {
			peer.send(framed("last"));
			peer.halfClose();
			peer.awaitEndOfStream(PATIENCE);
			assertThat(awaitPackets(peer, "LAST")).containsExactly("LAST");
		}
	}

	@Test
	void anInterruptThatAHandlerLeavesBehindDoesNotEndTheConnection() {
		try (RunningServer server = serve((packet, connection) -> {
			ByteBuffer reply = upperCase(packet);
			connection.send(reply);
			Thread.currentThread().interrupt();
			return null;
		}); PeerConnection peer = server.connect()) {
			peer.send(framed("one"));
			peer.send(framed("two"));
			assertThat(awaitPackets(peer, "ONE", "TWO")).containsExactly("ONE", "TWO");
		}
	}

	@Test
	void anInterruptThatAHandlerLeavesBehindDoesNotCutItsReply() {
		byte[] large = new byte[2_000_000];
		try (RunningServer server = serve((packet, connection) -> {
			Thread.currentThread().interrupt();
			return ByteBuffer.wrap(large);
		}, (settings) -> settings.options(settings.options().sndbuf(16 * 1024).sendTimeout(PATIENCE)));
				PeerConnection peer = server.connect(Step.stall())) {
			peer.send(framed("x"));
			// It has to wait for the peer, which an interrupt would end.
			await().atMost(PATIENCE)
				.until(() -> server.container()
					.connections()
					.all()
					.iterator()
					.next()
					.socket()
					.stats()
					.get("send_oct") > 0);
			peer.readAll();
			peer.awaitReceived(4 + large.length, PATIENCE);
		}
	}

	@Test
	void rawServersHandleWhateverArrives() {
		try (RunningServer server = serve((packet, connection) -> upperCase(packet),
				(settings) -> settings.options(settings.options().packet(PacketType.RAW)));
				PeerConnection peer = server.connect()) {
			peer.send("hello".getBytes(StandardCharsets.UTF_8));
			peer.awaitReceived(5, PATIENCE);
			assertThat(peer.received()).asString(StandardCharsets.UTF_8).isEqualTo("HELLO");
		}
	}

	static ByteBuffer upperCase(Packet packet) {
		String text = new String(PacketBytes.of(packet), StandardCharsets.UTF_8);
		return StandardCharsets.UTF_8.encode(text.toUpperCase());
	}

	private RunningServer serve(PacketHandler handler) {
		return serve(handler, UnaryOperator.identity());
	}

	private RunningServer serve(PacketHandler handler, UnaryOperator<GenTcpServerSettings> change) {
		return RunningServer.reading(this.active, handler, change);
	}

}
