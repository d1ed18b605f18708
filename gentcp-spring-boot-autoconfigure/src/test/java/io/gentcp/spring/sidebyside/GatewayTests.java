package io.gentcp.spring.sidebyside;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.gentcp.SocketOptions;
import io.gentcp.spring.core.ReplyTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.integration.MessageTimeoutException;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessagingException;

import static io.gentcp.spring.sidebyside.Library.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** An outbound gateway gets the reply of an inbound one. */
class GatewayTests {

	private static final byte[] REPLY = { 0, 0, 0, 2, 'o', 'k' };

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.Library#all")
	class EveryLibrary {

		@Parameter
		private Library library;

		@Test
		void bringsEachRequesterItsOwnReply() throws Exception {
			try (Server server = this.library.replier((request) -> ("re: " + new String(request)).getBytes());
					Requester client = this.library.requester(server.port(), PATIENCE);
					ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				List<Callable<String>> requests = IntStream.range(0, 20).mapToObj((i) -> request(client, i)).toList();
				List<Future<String>> replies = threads.invokeAll(requests);
				for (int i = 0; i < replies.size(); i++) {
					assertThat(replies.get(i).get()).isEqualTo("re: request " + i);
				}
			}
		}

		private static Callable<String> request(Requester client, int number) {
			return () -> new String(client.exchange(("request " + number).getBytes()));
		}

	}

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ip")
	class WithIp {

		@Parameter
		private Ip ip;

		@Test
		void oneRequestIsOnASharedConnectionAtATime() throws Exception {
			try (ScriptedPeer listening = ScriptedPeer.listening();
					Requester client = this.ip.requester(listening.port(), PATIENCE)) {
				CompletableFuture<byte[]> first = new CompletableFuture<>();
				Thread.ofPlatform().start(() -> first.complete(client.exchange(new byte[] { 'a' })));
				PeerConnection peer = listening.accept(PATIENCE);
				peer.awaitReceived(5, PATIENCE);

				CompletableFuture<byte[]> second = new CompletableFuture<>();
				Thread waiting = Thread.ofPlatform().start(() -> second.complete(client.exchange(new byte[] { 'b' })));
				await().atMost(PATIENCE).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
				assertThat(peer.receivedCount()).isEqualTo(5);

				peer.send(REPLY);
				assertThat(first.get(20, TimeUnit.SECONDS)).asString().isEqualTo("ok");
				peer.awaitReceived(10, PATIENCE);
				peer.send(REPLY);
				assertThat(second.get(20, TimeUnit.SECONDS)).asString().isEqualTo("ok");
			}
		}

		@Test
		void closesAConnectionWhoseReplyIsLate() {
			try (ScriptedPeer peer = ScriptedPeer.listening();
					Requester client = this.ip.requester(peer.port(), Duration.ofMillis(200))) {
				assertThatExceptionOfType(MessageTimeoutException.class)
					.isThrownBy(() -> client.exchange("request".getBytes()));

				peer.accept(PATIENCE).awaitEndOfStream(PATIENCE);
			}
		}

		@Test
		void onNetAPeerThatHangsUpIsNoticedAtTheReplyTimeoutOnNioBefore() {
			Duration replyTimeout = this.ip.nio() ? PATIENCE : Duration.ofMillis(500);
			try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(5), Step.close());
					Requester client = this.ip.requester(listening.port(), replyTimeout)) {
				assertThatExceptionOfType(MessagingException.class)
					.isThrownBy(() -> client.exchange(new byte[] { 'a' }))
					.matches((ex) -> (ex instanceof MessageTimeoutException) != this.ip.nio());
			}
		}

	}

	@Nested
	@ParameterizedClass(name = "{0}")
	@MethodSource("io.gentcp.spring.sidebyside.AdapterPairTests#ours")
	class WithGenTcp {

		@Parameter
		private Ours ours;

		@Test
		void requestsShareAConnectionAndWaitForNobodyElsesReply() throws Exception {
			try (ScriptedPeer listening = ScriptedPeer.listening();
					Requester client = this.ours.requester(listening.port(), PATIENCE)) {
				CompletableFuture<byte[]> first = new CompletableFuture<>();
				Thread.ofPlatform().start(() -> first.complete(client.exchange(new byte[] { 'a' })));
				PeerConnection peer = listening.accept(PATIENCE);
				peer.awaitReceived(5, PATIENCE);

				CompletableFuture<byte[]> second = new CompletableFuture<>();
				Thread.ofPlatform().start(() -> second.complete(client.exchange(new byte[] { 'b' })));
				peer.awaitReceived(10, PATIENCE);
				assertThat(first).isNotDone();

				peer.send(REPLY);
				peer.send(new byte[] { 0, 0, 0, 3, 't', 'o', 'o' });
				assertThat(first.get(20, TimeUnit.SECONDS)).asString().isEqualTo("ok");
				assertThat(second.get(20, TimeUnit.SECONDS)).asString().isEqualTo("too");
			}
		}

		@Test
		void aLateReplyCostsNoConnectionAndIsNobodyElses() throws Exception {
			try (ScriptedPeer listening = ScriptedPeer.listening();
					Requester client = this.ours.requester(listening.port(), Duration.ofMillis(500))) {
				assertThatExceptionOfType(MessageHandlingException.class)
					.isThrownBy(() -> client.exchange(new byte[] { 'a' }))
					.withCauseInstanceOf(ReplyTimeoutException.class);
				PeerConnection peer = listening.accept(PATIENCE);
				peer.awaitReceived(5, PATIENCE);
				peer.send(new byte[] { 0, 0, 0, 4, 'l', 'a', 't', 'e' });

				CompletableFuture<byte[]> next = new CompletableFuture<>();
				Thread.ofPlatform().start(() -> next.complete(client.exchange(new byte[] { 'b' })));
				peer.awaitReceived(10, PATIENCE);
				peer.send(REPLY);
				assertThat(next.get(20, TimeUnit.SECONDS)).asString().isEqualTo("ok");
				assertThat(listening.connections()).hasSize(1);
			}
		}

		@Test
		void aPeerThatHangsUpIsNoticedAtOnce() {
			try (ScriptedPeer listening = ScriptedPeer.listening(Step.read(5), Step.close());
					Requester client = this.ours.requester(listening.port(), SocketOptions.INFINITY)) {
				assertThatExceptionOfType(MessageHandlingException.class)
					.isThrownBy(() -> client.exchange(new byte[] { 'a' }))
					.withCauseInstanceOf(SocketClosedException.class);
			}
		}

	}

}
