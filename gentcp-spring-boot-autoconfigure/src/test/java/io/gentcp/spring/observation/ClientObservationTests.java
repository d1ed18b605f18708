package io.gentcp.spring.observation;

import java.util.concurrent.CompletableFuture;

import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.PeerOptions;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.ObservationContextAssert;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gentcp.spring.observation.ObservedClient.LARGE;
import static io.gentcp.spring.observation.ObservedClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is observed of a client. */
class ClientObservationTests {

	private static final byte[] REPLY = { 0, 0, 0, 1, '!' };

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final Observed observed = Observed.in(this.registry);

	/** A scope whose closing failed is the thread's still. */
	@AfterEach
	void leaveNoScope() {
		this.registry.setCurrentObservationScope(null);
	}

	@Test
	void openingAConnectionIsObservedWithItsPeer() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = ObservedClient.with(
						new MicrometerObserver(this.registry, GenTcpConventions.DEFAULTS, false), peer.port(),
						PATIENCE)) {
			client.template().send("order 1");

			this.observed.only("gentcp.connect")
				.hasLowCardinalityKeyValue("gentcp.name", "orders")
				.hasLowCardinalityKeyValue("gentcp.role", "client")
				.hasLowCardinalityKeyValue("network.transport", "tcp")
				.hasLowCardinalityKeyValue("outcome", "SUCCESS")
				.hasLowCardinalityKeyValue("error", "none")
				.hasHighCardinalityKeyValue("network.peer.address", "127.0.0.1")
				.hasHighCardinalityKeyValue("network.peer.port", String.valueOf(peer.port()))
				.hasHighCardinalityKeyValue("gentcp.connection.id", onlyConnection(client).id())
				.doesNotHaveHighCardinalityKeyValueWithKey("gentcp.packet.size")
				.hasContextualNameEqualTo("connect orders");
		}
	}

	/** Each call of a handler once, while a client connects, sends and asks. */
	@ParameterizedTest
	@EnumSource
	void whatAnObservationHandlerThrowsChangesNothing(FailingObservations.Call call) {
		this.registry.observationConfig().observationHandler(new FailingObservations(call));
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.read(4 + 1 + 4 + 1 + 4 + 1), Step.send(REPLY));
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			client.template().send("a");
			assertThat(client.template().sendAsync("b")).succeedsWithin(PATIENCE);
			assertThat(client.template().sendAndReceive("c")).isEqualTo("!");
			assertThat(client.template().connections().all()).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatAnObservationHandlerThrowsDoesNotHideThatConnectingFailed(FailingObservations.Call call) {
		this.registry.observationConfig().observationHandler(new FailingObservations(call));
		try (ScriptedPeer peer = ScriptedPeer.listening();
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			peer.close();
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.template().send("a"))
				.withMessageContaining("econnrefused");
			assertThat(client.template().sendAsync("b")).failsWithin(PATIENCE);
		}
	}

	@Test
	void packetsAreNotObservedUnlessThatIsAskedFor() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = ObservedClient.with(
						new MicrometerObserver(this.registry, GenTcpConventions.DEFAULTS, false), peer.port(),
						PATIENCE)) {
			client.template().send("order 1");
			onlyConnection(client).send("order 2".getBytes());
			assertThat(client.template().sendAsync("order 3")).succeedsWithin(PATIENCE);

			assertThat(this.observed.names()).containsExactly("gentcp.connect");
		}
	}

	@Test
	void aRefusedConnectionIsAnErrorOfConnectingAndOfSending() {
		int port;
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			port = peer.port();
		}
		try (ObservedClient client = ObservedClient.everything(this.registry, port)) {
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.template().send("order"));

			for (String name : new String[] { "gentcp.connect", "gentcp.send" }) {
				this.observed.only(name)
					.hasLowCardinalityKeyValue("outcome", "ERROR")
					.hasLowCardinalityKeyValue("error", "ConnectFailedException")
					.hasHighCardinalityKeyValue("network.peer.address", "127.0.0.1")
					.hasHighCardinalityKeyValue("network.peer.port", String.valueOf(port))
					.hasHighCardinalityKeyValue("gentcp.connection.id", "none");
			}
		}
	}

	@Test
	void aSendIsObservedOnceWhoeverSends() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			client.template().send("order 1");
			this.observed.only("gentcp.send")
				.hasLowCardinalityKeyValue("outcome", "SUCCESS")
				.hasHighCardinalityKeyValue("gentcp.packet.size", "7")
				.hasHighCardinalityKeyValue("gentcp.connection.id", onlyConnection(client).id());

			onlyConnection(client).send("order 2".getBytes());
			assertThat(this.observed.await("gentcp.send", 2)).hasSize(2);

			assertThat(client.template().sendAsync("order 3")).succeedsWithin(PATIENCE);
			assertThat(this.observed.await("gentcp.send", 3)).hasSize(3);
		}
	}

	@Test
	void aSendThatTimesOutSaysSo() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall());
				ObservedClient client = ObservedClient.withSendTimeout(this.registry, peer.port())) {
			assertThatExceptionOfType(SendTimeoutException.class).isThrownBy(() -> client.template().send(LARGE));

			this.observed.only("gentcp.send")
				.hasLowCardinalityKeyValue("outcome", "TIMEOUT")
				.hasLowCardinalityKeyValue("error", "SendTimeoutException")
				.hasHighCardinalityKeyValue("gentcp.packet.size", "1000000")
				.satisfies((context) -> assertThat(context.getError()).isInstanceOf(SendTimeoutException.class));
		}
	}

	@Test
	void aSendOfAFutureEndsWithIt() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall());
				ObservedClient client = ObservedClient.withSendTimeout(this.registry, peer.port())) {
			CompletableFuture<Void> send = client.template().sendAsync(LARGE);

			assertThat(send).failsWithin(PATIENCE);

			this.observed.only("gentcp.send")
				.hasLowCardinalityKeyValue("outcome", "TIMEOUT")
				.hasLowCardinalityKeyValue("error", "SendTimeoutException");
		}
	}

	@Test
	void aSendThatIsCancelledHasEnded() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall());
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			CompletableFuture<Void> before = client.template().sendAsync(LARGE);
			CompletableFuture<Void> send = client.template().sendAsync("order");

			assertThat(send.cancel(true)).isTrue();

			assertThat(before).isNotDone();
			ObservationContextAssert.assertThat(this.observed.await("gentcp.send", 1).getFirst())
				.hasLowCardinalityKeyValue("outcome", "ERROR")
				.hasLowCardinalityKeyValue("error", "CancellationException");
		}
	}

	@Test
	void aSendThatIsRefusedAtOnceHasEnded() {
		try (ObservedClient client = ObservedClient.everything(this.registry, 1)) {
			client.template().close();
			assertThatIllegalStateException().isThrownBy(() -> client.template().sendAsync("order"));

			this.observed.only("gentcp.send")
				.hasLowCardinalityKeyValue("outcome", "ERROR")
				.hasLowCardinalityKeyValue("error", "IllegalStateException");
		}
	}

	@Test
	void aRequestIsObservedUntilItsReply() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.read(9), Step.send(new byte[] { 0, 0, 0, 1, 42 }));
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			assertThat(client.template().sendAndReceive(new byte[5])).containsExactly(42);

			this.observed.only("gentcp.request")
				.hasLowCardinalityKeyValue("outcome", "SUCCESS")
				.hasHighCardinalityKeyValue("gentcp.packet.size", "5")
				.hasHighCardinalityKeyValue("network.peer.port", String.valueOf(peer.port()));
			assertThat(this.observed.names()).doesNotContain("gentcp.send");
		}
	}

	@Test
	void aRequestWhoseConnectionClosesSaysSo() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.read(9), Step.close());
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			assertThatExceptionOfType(SocketClosedException.class)
				.isThrownBy(() -> client.template().sendAndReceive(new byte[5]));

			this.observed.only("gentcp.request")
				.hasLowCardinalityKeyValue("outcome", "CLOSED")
				.hasLowCardinalityKeyValue("error", "SocketClosedException");
		}
	}

	@Test
	void theConnectionIsOpenedForTheSendAndTheSendIsPartOfWhatItsCallerDoes() {
		Observation caller = Observation.createNotStarted("caller", this.registry).start();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			caller.scoped(() -> client.template().send("order"));

			this.observed.only("gentcp.connect")
				.hasParentObservationContextMatching((parent) -> named(parent, "gentcp.send"));
			this.observed.only("gentcp.send").hasParentObservationContextMatching((parent) -> named(parent, "caller"));
		}
		finally {
			caller.stop();
		}
	}

	@Test
	void aFutureOpensItsConnectionToo() {
		Observation caller = Observation.createNotStarted("caller", this.registry).start();
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.readAll());
				ObservedClient client = ObservedClient.everything(this.registry, peer.port())) {
			CompletableFuture<Void> send = caller.scoped(() -> client.template().sendAsync("order"));
			assertThat(send).succeedsWithin(PATIENCE);

			this.observed.only("gentcp.connect")
				.hasParentObservationContextMatching((parent) -> named(parent, "gentcp.send"));
			this.observed.only("gentcp.send").hasParentObservationContextMatching((parent) -> named(parent, "caller"));
		}
		finally {
			caller.stop();
		}
	}

	@Test
	void aConnectionThatNobodyAnswersTimesOut() {
		try (ScriptedPeer peer = ScriptedPeer.listening(PeerOptions.DEFAULTS.withBacklog(1).withAcceptAtMost(0));
				// These two fill the backlog, and the kernel lets nobody else in.
				PeerConnection first = ScriptedPeer.connecting("127.0.0.1", peer.port());
				PeerConnection second = ScriptedPeer.connecting("127.0.0.1", peer.port());
				ObservedClient client = ObservedClient.withConnectTimeout(this.registry, peer.port())) {
			assertThatExceptionOfType(ConnectFailedException.class).isThrownBy(() -> client.template().send("order"));

			for (String name : new String[] { "gentcp.connect", "gentcp.send" }) {
				this.observed.only(name)
					.hasLowCardinalityKeyValue("outcome", "TIMEOUT")
					.hasLowCardinalityKeyValue("error", "ConnectFailedException");
			}
		}
	}

	private static boolean named(Observation.ContextView context, String name) {
		return name.equals(context.getName());
	}

	private static GenTcpConnection onlyConnection(ObservedClient client) {
		assertThat(client.template().connections().all()).hasSize(1);
		return client.template().connections().all().iterator().next();
	}

}
