package io.gentcp.spring.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gentcp.packet.PacketType;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import io.gentcp.transport.PosixError;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.core.ClientAndPeer.LARGE;
import static io.gentcp.spring.core.ClientAndPeer.PATIENCE;
import static io.gentcp.spring.core.ClientAndPeer.SMALL;
import static io.gentcp.spring.core.ClientAndPeer.onWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumingThat;

/** Each request gets its own reply, whatever became of those before it. */
class RequestReplyTests {

	private static byte[] numbered(int number) {
		return ByteBuffer.allocate(4).putInt(number).array();
	}

	@ParameterizedTest
	@EnumSource
	void aThousandRequestsAtOnceEachGetTheirOwnReply(Backend backend) throws Exception {
		try (EchoServer server = EchoServer.start();
				TestClient ours = TestClient.on(backend, server.port());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<byte[]>> replies = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				byte[] request = numbered(i);
				replies.add(threads.submit(() -> ours.client().sendAndReceive(request)));
			}

			for (int i = 0; i < 1_000; i++) {
				assertThat(replies.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(numbered(i));
			}
			assertThat(ours.client().counters().connectionsOpened()).isOne();
			assertThat(ours.client().counters().packetsReceived()).isEqualTo(1_000);
		}
	}

	@ParameterizedTest
	@EnumSource
	void bytesABufferAndATextGetTheirLike(Backend backend) {
		try (EchoServer server = EchoServer.start(); TestClient ours = TestClient.on(backend, server.port())) {
			assertThat(ours.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
			assertThat(ours.client().sendAndReceive(ByteBuffer.wrap(SMALL, 1, 2)))
				.isEqualTo(ByteBuffer.wrap(SMALL, 1, 2));
			assertThat(ours.client().sendAndReceive("grüß dich")).isEqualTo("grüß dich");
		}
	}

	private static Stream<Backend> eachBackendThreeTimes() {
		return Stream.of(Backend.values()).flatMap((backend) -> Stream.of(backend, backend, backend));
	}

	/** Requests time out in every way there is, and no reply goes astray. */
	@ParameterizedTest
	@MethodSource("eachBackendThreeTimes")
	void noReplyIsTakenForAnothersHoweverRequestsTimeOut(Backend backend) throws Exception {
		try (EchoServer server = EchoServer.stalling(Duration.ofMillis(8));
				TestClient ours = TestClient.on(backend, server.port(),
						(settings) -> TestClient.sendTimeout(Duration.ofMillis(6))
							.apply(settings)
							.replyTimeout(Duration.ofMillis(20)));
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			AtomicInteger replied = new AtomicInteger();
			List<Future<?>> users = new ArrayList<>();
			for (int user = 0; user < 64; user++) {
				int first = user * 1_000_000;
				users.add(threads.submit(() -> {
					for (int i = 0; i < 40; i++) {
						if (isRepliedTo(ours.client(), request(first + i))) {
							replied.incrementAndGet();
						}
					}
				}));
			}

			for (Future<?> user : users) {
				user.get(60, TimeUnit.SECONDS);
			}
			EndpointCounters counters = ours.client().counters();
			assertThat(counters.uncorrelatedPackets()).isZero();
			await().untilAsserted(() -> {
				assertThat(counters.packetsReceived()).isEqualTo(counters.lateReplies() + replied.get());
				// A peer that is too slow three times in a row loses its connection, and
				// so does what is under way on it.
				assumingThat(ours.client().isConnected() && counters.connectionsOpened() == 1,
						() -> assertThat(counters.packetsReceived()).isEqualTo(counters.packetsSent()));
			});
		}
	}

	/** A request of random size that begins with its number. */
	private static byte[] request(int number) {
		byte[] request = new byte[4 + ThreadLocalRandom.current().nextInt(20_000)];
		ThreadLocalRandom.current().nextBytes(request);
		ByteBuffer.wrap(request).putInt(number);
		return request;
	}

	private static boolean isRepliedTo(GenTcpTemplate client, byte[] request) {
		try {
			assertThat(client.sendAndReceive(request)).isEqualTo(request);
			return true;
		}
		catch (SendTimeoutException | ReplyTimeoutException | SocketClosedException ex) {
			return false;
		}
	}

	/** Connections come and go, and no reply is lost or goes astray without saying so. */
	@ParameterizedTest
	@MethodSource("eachBackendThreeTimes")
	void everyRequestEndsHoweverOftenThePeerCloses(Backend backend) throws Exception {
		try (EchoServer server = EchoServer.closing(200);
				TestClient ours = TestClient.on(backend, server.port());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> users = new ArrayList<>();
			for (int user = 0; user < 32; user++) {
				int first = user * 1_000_000;
				users.add(threads.submit(() -> {
					int replied = 0;
					for (int i = 0; i < 100; i++) {
						replied += isRepliedTo(ours.client(), request(first + i)) ? 1 : 0;
					}
					return replied;
				}));
			}

			int replied = 0;
			for (Future<Integer> user : users) {
				replied += user.get(60, TimeUnit.SECONDS);
			}
			assertThat(replied).isPositive();
			assertThat(ours.client().counters().packetsReceived()).isEqualTo(replied);
			assertThat(ours.client().counters().connectionsOpened()).isGreaterThan(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRequestWithoutReplyFailsAtTheReplyTimeout(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.replyTimeout(Duration.ofMillis(50)))) {
			assertThatExceptionOfType(ReplyTimeoutException.class)
				.isThrownBy(() -> pair.client().sendAndReceive("first"))
				.withMessageContaining("no reply within reply-timeout (50ms)")
				.withMessageContaining("9 of 9 bytes are out")
				.satisfies((ex) -> assertThat(ex.nothingSent()).isFalse());
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRequestThatIsGivenUpKeepsItsPlaceAndItsLateReplyIsDropped(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();
			CompletableFuture<ReplyTimeoutException> thrown = new CompletableFuture<>();
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			Thread user = Thread.ofVirtual().start(() -> {
				thrown.complete(
						catchThrowableOfType(ReplyTimeoutException.class, () -> pair.client().sendAndReceive("1")));
				flag.complete(Thread.currentThread().isInterrupted());
			});
			peer.awaitReceived(7 + 5, PATIENCE);
			await().until(() -> user.getState() == Thread.State.TIMED_WAITING);

			user.interrupt();

			assertThat(thrown).succeedsWithin(PATIENCE)
				.satisfies((ex) -> assertThat(ex).hasMessageContaining("interrupted while waiting for the reply"));
			assertThat(flag).succeedsWithin(PATIENCE).isEqualTo(true);
			assertThat(secondReply(pair, peer, 7 + 5, "late", "mine")).succeedsWithin(PATIENCE).isEqualTo("mine");
			assertThat(pair.client().counters().lateReplies()).isOne();
		}
	}

	/** Sends another request, and has the peer send these packets. */
	private static CompletableFuture<String> secondReply(ClientAndPeer pair, PeerConnection peer, int before,
			String... packets) {
		CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> pair.client().sendAndReceive("2"));
		peer.awaitReceived(before + 5, PATIENCE);
		for (String packet : packets) {
			peer.send(onWire(packet.getBytes(StandardCharsets.UTF_8)));
		}
		return reply;
	}

	@Test
	void aRequestThatIsPartlyOutAtItsTimeoutKeepsItsPlace() {
		try (ClientAndPeer pair = ClientAndPeer.with(TestClient.sendTimeout(Duration.ofMillis(50)), Step.stall())) {
			PeerConnection peer = pair.connected();
			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
					() -> pair.client().sendAndReceive(LARGE));
			assertThat(ex.bytesOut()).isPositive();

			peer.readAll();
			assertThat(ex.recovery()).succeedsWithin(PATIENCE);
			assertThat(secondReply(pair, peer, 7 + 4 + LARGE.length, "late", "mine")).succeedsWithin(PATIENCE)
				.isEqualTo("mine");
			assertThat(pair.client().counters().lateReplies()).isOne();
		}
	}

	@Test
	void aRequestOfWhichNothingIsOutLosesItsPlace() {
		try (ClientAndPeer pair = ClientAndPeer.with(TestClient.sendTimeout(Duration.ofMillis(50)), Step.stall())) {
			PeerConnection peer = pair.connected();
			SendTimeoutException large = catchThrowableOfType(SendTimeoutException.class,
					() -> pair.client().send(LARGE));
			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
					() -> pair.client().sendAndReceive(SMALL));
			assertThat(ex.nothingSent()).isTrue();

			peer.readAll();
			assertThat(large.recovery()).succeedsWithin(PATIENCE);
			assertThat(secondReply(pair, peer, 7 + 4 + LARGE.length, "mine")).succeedsWithin(PATIENCE)
				.isEqualTo("mine");
			assertThat(pair.client().counters().lateReplies()).isZero();
		}
	}

	@Test
	void theReplyTimeoutStartsWhenTheRequestIsOut() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.replyTimeout(Duration.ofSeconds(1)),
				Step.stall())) {
			PeerConnection peer = pair.connected();
			CompletableFuture<byte[]> reply = CompletableFuture.supplyAsync(() -> pair.client().sendAndReceive(LARGE));
			peer.trickle(LARGE.length / 8, Duration.ofMillis(250));

			peer.awaitReceived(7 + 4 + LARGE.length, PATIENCE);
			peer.send(onWire(SMALL));

			assertThat(reply).succeedsWithin(PATIENCE).isEqualTo(SMALL);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPacketThatNobodyAskedForIsDroppedAndCounted(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			PeerConnection peer = pair.connected();

			peer.send(onWire(SMALL));

			await().until(() -> pair.client().counters().uncorrelatedPackets() == 1);
			assertThat(pair.client().isConnected()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyPendingRequestFailsWhenThePeerCloses(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			List<CompletableFuture<String>> replies = pendingRequests(pair);

			pair.peer().connections().getFirst().close();

			assertThat(replies).allSatisfy((reply) -> assertThat(reply).failsWithin(PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(SocketClosedException.class, (ex) -> {
					assertThat(ex.bytesOut()).isEqualTo(11).isEqualTo(ex.bytesTotal());
					assertThat(ex).hasMessageContaining("the peer closed the connection")
						.hasMessageContaining("before the reply came; 11 of 11 bytes are out")
						.hasMessageContaining("nobody knows");
				}));
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyPendingRequestFailsWhenTheClientIsClosed(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend)) {
			List<CompletableFuture<String>> replies = pendingRequests(pair);

			pair.client().close();

			assertThat(replies).allSatisfy((reply) -> assertThat(reply).failsWithin(PATIENCE)
				.withThrowableThat()
				.withCauseInstanceOf(SocketClosedException.class)
				.withMessageContaining("this application closed the client"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyPendingRequestFailsWhenAPacketIsTooLarge(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.options(settings.options().packetSize(10)))) {
			List<CompletableFuture<String>> replies = pendingRequests(pair);

			pair.peer().connections().getFirst().send(onWire(new byte[11]));

			assertThat(replies).allSatisfy((reply) -> assertThat(reply).failsWithin(PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(SocketErrorException.class, (ex) -> {
					assertThat(ex.error()).isEqualTo(PosixError.EMSGSIZE);
					assertThat(ex).hasMessageContaining("packet_size is 10");
				}));
		}
	}

	private static List<CompletableFuture<String>> pendingRequests(ClientAndPeer pair) {
		PeerConnection peer = pair.connected();
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			CompletableFuture<String> reply = new CompletableFuture<>();
			Thread.ofVirtual().start(() -> {
				try {
					reply.complete(pair.client().sendAndReceive("request"));
				}
				catch (GenTcpException ex) {
					reply.completeExceptionally(ex);
				}
			});
			replies.add(reply);
		}
		peer.awaitReceived(7 + 20 * 11, PATIENCE);
		return replies;
	}

	@ParameterizedTest
	@EnumSource
	void aReplyThatIsLostCostsThreeMoreRequestsAndTheConnection(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.replyTimeout(Duration.ofMillis(500)))) {
			timesOut(pair).withMessageNotContaining("taken for");
			PeerConnection peer = pair.peer().accept(PATIENCE);
			CompletableFuture<ConnectionEnd> closed = pair.client().connections().all().iterator().next().whenClosed();
			for (int i = 2; i <= 4; i++) {
				assertThat(closed).isNotDone();
				replyInBackground(peer, i, 1);
				timesOut(pair).withMessageContaining("taken for the late reply to an earlier request");
			}

			assertThat(closed).isCompletedWithValueMatching((end) -> end.reason() == CloseReason.ERROR
					&& end.detail().contains("an earlier request is likely to have had no reply at all"));
			Thread.ofVirtual().start(() -> reply(pair.peer().accept(PATIENCE), 1, 1));
			assertThat(pair.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
		}
	}

	@Test
	void aPeerThatIsSlowTwiceInARowKeepsItsConnection() {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.replyTimeout(Duration.ofMillis(500)))) {
			timesOut(pair);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			for (int requests = 1; requests <= 5; requests += 4) {
				replyInBackground(peer, requests + 1, 1);
				timesOut(pair);
				replyInBackground(peer, requests + 2, 1);
				timesOut(pair);
				// The late one, and the one in time.
				replyInBackground(peer, requests + 3, 2);
				assertThat(pair.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
				timesOut(pair);
			}
			assertThat(pair.client().counters().connectionsOpened()).isOne();
			assertThat(pair.client().isConnected()).isTrue();
		}
	}

	@Test
	void manyRequestsThatAPeerIsSlowToAtOnceCountAsOne() throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.replyTimeout(Duration.ofMillis(500)));
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			timesOut(pair);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			List<Future<?>> requests = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				requests.add(threads.submit(() -> timesOut(pair)));
			}
			reply(peer, 11, 1);
			for (Future<?> request : requests) {
				request.get(20, TimeUnit.SECONDS);
			}
			await().until(() -> pair.client().counters().lateReplies() == 1);
			assertThat(pair.client().isConnected()).isTrue();
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void thatRepliesAreOutOfStepIsSaidOnceHoweverManyWaitForOne(CapturedOutput output) throws Exception {
		try (ClientAndPeer pair = ClientAndPeer.with((settings) -> settings.replyTimeout(Duration.ofMillis(500)));
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			timesOut(pair);
			PeerConnection peer = pair.peer().accept(PATIENCE);
			for (int requests = 2; requests <= 3; requests++) {
				replyInBackground(peer, requests, 1);
				timesOut(pair);
			}
			List<Future<?>> requests = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				requests.add(threads.submit(() -> assertThatThrownBy(() -> pair.client().sendAndReceive(SMALL))
					.isInstanceOfAny(ReplyTimeoutException.class, SocketClosedException.class)));
			}
			reply(peer, 103, 1);
			for (Future<?> request : requests) {
				request.get(20, TimeUnit.SECONDS);
			}

			assertThat(pair.client().counters().connectionsOpened()).isOne();
			assertThat(pair.client().isConnected()).isFalse();
			assertThat(output.getOut()).containsOnlyOnce("3 requests in a row had no reply in time");
		}
	}

	@CanIgnoreReturnValue
	private static ThrowableAssertAlternative<ReplyTimeoutException> timesOut(ClientAndPeer pair) {
		return assertThatExceptionOfType(ReplyTimeoutException.class)
			.isThrownBy(() -> pair.client().sendAndReceive(SMALL));
	}

	private static void replyInBackground(PeerConnection peer, int requests, int replies) {
		Thread.ofVirtual().start(() -> reply(peer, requests, replies));
	}

	/** Sends packets as soon as so many requests have come. */
	private static void reply(PeerConnection peer, int requests, int replies) {
		peer.awaitReceived((long) requests * onWire(SMALL).length, PATIENCE);
		for (int i = 0; i < replies; i++) {
			peer.send(onWire(SMALL));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPeerThatNeverRepliesCostsItsConnectionInTheEnd(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend, (settings) -> settings.replyTimeout(Duration.ZERO))) {
			for (int i = 0; i < ReplyLine.MOST_UNANSWERED - 1; i++) {
				assertThatExceptionOfType(ReplyTimeoutException.class)
					.isThrownBy(() -> pair.client().sendAndReceive(SMALL));
			}
			assertThat(pair.client().isConnected()).isTrue();

			assertThatExceptionOfType(ReplyTimeoutException.class)
				.isThrownBy(() -> pair.client().sendAndReceive(SMALL));

			assertThat(pair.client().isConnected()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aReplyNeedsAPacketTypeThatTellsWhereItEnds(Backend backend) {
		try (ClientAndPeer pair = ClientAndPeer.on(backend,
				(settings) -> settings.options(settings.options().packet(PacketType.RAW)))) {
			assertThatIllegalStateException().isThrownBy(() -> pair.client().sendAndReceive(SMALL))
				.withMessageContaining("packet is raw")
				.withMessageContaining("set packet to 1, 2, 4 or line");
			assertThat(pair.client().isConnected()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "http, HttpPacket", "httph_bin, HttpPacket", "ssl_tls, TlsRecord" })
	void aReplyNeedsAPacketTypeThatDeliversBytes(String packet, String delivered) {
		try (ClientAndPeer pair = ClientAndPeer
			.with((settings) -> settings.options(settings.options().packet(PacketType.of(packet))))) {
			assertThatIllegalStateException().isThrownBy(() -> pair.client().sendAndReceive(SMALL))
				.withMessageContaining("packet is %s, which delivers %s".formatted(packet, delivered))
				.withMessageContaining("nothing was sent. Send and receive with execute");
			assertThat(pair.client().isConnected()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aReplyIsWholeAlsoIfItsHeaderIsSetApart(Backend backend) {
		try (EchoServer server = EchoServer.start();
				TestClient ours = TestClient.on(backend, server.port(),
						(settings) -> settings.options(settings.options().header(2)))) {
			assertThat(ours.client().sendAndReceive(SMALL)).isEqualTo(SMALL);
			assertThat(ours.client().sendAndReceive("grüß dich")).isEqualTo("grüß dich");
		}
	}

}
