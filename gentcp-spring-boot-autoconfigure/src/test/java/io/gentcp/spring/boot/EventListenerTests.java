package io.gentcp.spring.boot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.ConnectFailedException;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.RecoveryOutcome;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.FreePort;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the {@code @EventListener} methods of an application are told. */
@ExtendWith(OutputCaptureExtension.class)
class EventListenerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final byte[] LARGE = new byte[1_000_000];

	private final Journal journal = new Journal();

	private final ApplicationContextRunner runner = ConfiguredContext.runner()
		.withBean(Journal.class, () -> this.journal)
		.withBean(Alarms.class)
		.withPropertyValues("gentcp.packet=4", "gentcp.sndbuf=16KB");

	@Test
	void aServerTellsThatItListensAndThatItHasStopped() {
		this.runner.withBean(Listener.class).withPropertyValues("gentcp.server.edge.port=0").run((context) -> {
			GenTcpListenerContainer server = context.getBean(GenTcpListenerContainer.class);
			GenTcpEvent.ServerListening listening = new GenTcpEvent.ServerListening("edge", server.address());
			assertThat(this.journal.events).containsExactly(listening);
			context.close();
			assertThat(this.journal.events).containsExactly(listening,
					new GenTcpEvent.ServerStopped("edge", server.address()));
			assertThat(listening.role()).isEqualTo(Role.SERVER);
		});
	}

	@Test
	void bothSidesTellOfTheBeginningAndTheEndOfAConnection() {
		int port = FreePort.find();
		this.runner.withBean(Listener.class)
			.withPropertyValues("gentcp.server.edge.port=" + port, "gentcp.client.orders.port=" + port)
			.run((context) -> {
				GenTcpTemplate client = context.getBean(GenTcpTemplate.class);
				assertThat(client.sendAndReceive("hello")).isEqualTo("HELLO");
				assertThat(this.journal.await(GenTcpEvent.ConnectionOpened.class, Role.CLIENT).name())
					.isEqualTo("orders");
				assertThat(this.journal.await(GenTcpEvent.ConnectionOpened.class, Role.SERVER).name())
					.isEqualTo("edge");

				client.close();

				GenTcpEvent.ConnectionClosed ours = this.journal.await(GenTcpEvent.ConnectionClosed.class, Role.CLIENT);
				assertThat(ours.end().reason()).isEqualTo(CloseReason.SHUTDOWN);
				assertThat(ours.stats().get("send_oct")).isEqualTo(9);
				assertThat(ours.lifetime()).isPositive();
				GenTcpEvent.ConnectionClosed theirs = this.journal.await(GenTcpEvent.ConnectionClosed.class,
						Role.SERVER);
				assertThat(theirs.end().reason()).isEqualTo(CloseReason.PEER);
				assertThat(theirs.stats().get("recv_oct")).isEqualTo(9);
			});
	}

	@Test
	void aConnectionThatEndsWithTheApplicationIsToldOfWithoutAComplaint(CapturedOutput output) {
		try (ScriptedPeer peer = ScriptedPeer.listening()) {
			this.runner.withPropertyValues("gentcp.client.orders.port=" + peer.port()).run((context) -> {
				context.getBean(GenTcpTemplate.class).send("hello");
				context.close();
			});
		}
		assertThat(this.journal.await(GenTcpEvent.ConnectionClosed.class, Role.CLIENT).end().reason())
			.isEqualTo(CloseReason.SHUTDOWN);
		assertThat(output).doesNotContain("a listener failed");
	}

	@Test
	void anAttemptToConnectThatFailsIsToldOf() {
		int port = FreePort.find();
		this.runner.withPropertyValues("gentcp.client.orders.port=" + port).run((context) -> {
			assertThatExceptionOfType(ConnectFailedException.class)
				.isThrownBy(() -> context.getBean(GenTcpTemplate.class).send("hello"));
			GenTcpEvent.ConnectFailed failed = this.journal.await(GenTcpEvent.ConnectFailed.class, Role.CLIENT);
			assertThat(failed.address()).hasToString("localhost/<unresolved>:" + port);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(context.getBean(Alarms.class).raised()).singleElement()
					.asString()
					.contains("econnrefused"));
		});
	}

	@Test
	void aSendThatTimesOutIsToldOfBeforeItsRecovery() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			client(peer).run((context) -> {
				assertThatExceptionOfType(SendTimeoutException.class)
					.isThrownBy(() -> context.getBean(GenTcpTemplate.class).send(LARGE));
				peer.accept(PATIENCE).readAll();

				GenTcpEvent.PacketRecovered recovered = this.journal.await(GenTcpEvent.PacketRecovered.class,
						Role.CLIENT);
				GenTcpEvent.SendTimedOut late = this.journal.await(GenTcpEvent.SendTimedOut.class, Role.CLIENT);
				assertThat(recovered.outcome()).isEqualTo(RecoveryOutcome.COMPLETED);
				assertThat(recovered.packetSize()).isEqualTo(4 + LARGE.length);
				assertThat(late.failure().isRecovering()).isTrue();
				assertThat(this.journal.events).containsSubsequence(late, recovered);
				assertThat(context.getBean(Alarms.class).raised()).isEmpty();
			});
		}
	}

	@Test
	void aPacketThatStaysPartialIsToldOfAndItsConnectionCloses() {
		try (ScriptedPeer peer = ScriptedPeer.listening(Step.stall())) {
			client(peer).withPropertyValues("gentcp.client.orders.recovery-timeout=100").run((context) -> {
				assertThatExceptionOfType(SendTimeoutException.class)
					.isThrownBy(() -> context.getBean(GenTcpTemplate.class).send(LARGE));

				GenTcpEvent.PacketAbandoned abandoned = this.journal.await(GenTcpEvent.PacketAbandoned.class,
						Role.CLIENT);
				assertThat(abandoned.outcome()).isEqualTo(RecoveryOutcome.ABANDONED);
				assertThat(this.journal.await(GenTcpEvent.ConnectionClosed.class, Role.CLIENT).end().reason())
					.isEqualTo(CloseReason.RECOVERY);
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(context.getBean(Alarms.class).raised()).singleElement()
						.asString()
						.contains("of a packet of 1000004 bytes only %d are out".formatted(abandoned.bytesOut())));
			});
		}
	}

	@Test
	void aServerTellsThatAReplyWasNotReadAndStaysPartial() {
		server().run((context) -> {
			try (PeerConnection peer = connect(context, Step.stall())) {
				peer.send(new byte[] { 0, 0, 0, 5, 'l', 'a', 'r', 'g', 'e' });

				GenTcpEvent.SendTimedOut late = this.journal.await(GenTcpEvent.SendTimedOut.class, Role.SERVER);
				GenTcpEvent.PacketAbandoned abandoned = this.journal.await(GenTcpEvent.PacketAbandoned.class,
						Role.SERVER);
				GenTcpEvent.ConnectionClosed closed = this.journal.await(GenTcpEvent.ConnectionClosed.class,
						Role.SERVER);
				assertThat(late.connection()).isSameAs(abandoned.connection()).isSameAs(closed.connection());
				assertThat(abandoned.outcome()).isEqualTo(RecoveryOutcome.CLOSED);
				assertThat(closed.end().reason()).isEqualTo(CloseReason.SEND_TIMEOUT);
			}
		});
	}

	@Test
	void aServerTellsThatHandlingAPacketFailed() {
		server().run((context) -> {
			try (PeerConnection peer = connect(context)) {
				peer.send(new byte[] { 0, 0, 0, 4, 'f', 'a', 'i', 'l' });

				assertThat(this.journal.await(GenTcpEvent.HandlerFailed.class, Role.SERVER).failure())
					.isInstanceOf(UnsupportedOperationException.class);
				assertThat(this.journal.await(GenTcpEvent.ConnectionClosed.class, Role.SERVER).end().reason())
					.isEqualTo(CloseReason.ERROR);
			}
		});
	}

	private ApplicationContextRunner client(ScriptedPeer peer) {
		return this.runner.withPropertyValues("gentcp.client.orders.port=" + peer.port(),
				"gentcp.client.orders.send-timeout=100");
	}

	private ApplicationContextRunner server() {
		return this.runner.withBean(Listener.class)
			.withPropertyValues("gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.server.edge.send-timeout=100");
	}

	private static PeerConnection connect(BeanFactory context, Step... script) {
		return ScriptedPeer.connecting("127.0.0.1", context.getBean(GenTcpListenerContainer.class).port(), script);
	}

	static class Listener {

		@GenTcpListener("edge")
		byte[] onPacket(String packet) {
			return switch (packet) {
				case "large" -> LARGE;
				case "fail" -> throw new UnsupportedOperationException(packet);
				default -> packet.toUpperCase().getBytes();
			};
		}

	}

	/** A method for each event, as an application has them. */
	static class Journal {

		private final List<GenTcpEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(GenTcpEvent.ConnectionOpened event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.ConnectionClosed event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.ConnectFailed event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.SendTimedOut event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.PacketRecovered event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.PacketAbandoned event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.HandlerFailed event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.ServerListening event) {
			this.events.add(event);
		}

		@EventListener
		void on(GenTcpEvent.ServerStopped event) {
			this.events.add(event);
		}

		<T extends GenTcpEvent> T await(Class<T> type, Role role) {
			return Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> this.events.stream()
					.filter((event) -> event.role() == role)
					.filter(type::isInstance)
					.map(type::cast)
					.findFirst(), Optional::isPresent)
				.orElseThrow();
		}

	}

}
