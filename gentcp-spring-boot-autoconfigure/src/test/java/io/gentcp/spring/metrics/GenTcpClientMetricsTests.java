package io.gentcp.spring.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.SendTimeoutException;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** The meters of a client say what it did. */
class GenTcpClientMetricsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	/** Every meter by its name and what its tags say beyond name and role. */
	private Map<String, Double> meters() {
		return this.registry.getMeters()
			.stream()
			.collect(Collectors.toMap(GenTcpClientMetricsTests::named,
					(meter) -> meter.measure().iterator().next().getValue()));
	}

	private static String named(Meter meter) {
		assertThat(meter.getId().getTag("name")).isEqualTo("orders");
		assertThat(meter.getId().getTag("role")).isEqualTo("client");
		return meter.getId().getName() + meter.getId()
			.getTags()
			.stream()
			.filter((tag) -> !tag.getKey().equals("name") && !tag.getKey().equals("role"))
			.map((tag) -> "," + tag.getKey() + "=" + tag.getValue())
			.collect(Collectors.joining());
	}

	@Test
	void theyCountPacketsTimeoutsAndRecoveries() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.stall());
				GenTcp genTcp = GenTcp.open();
				GenTcpTemplate client = new GenTcpTemplate(genTcp, settings(listening.port(), Backend.SOCKET),
						Thread.ofVirtual()::start)) {
			new GenTcpClientMetrics(client).bindTo(this.registry);
			assertThat(meters().values()).as("before anything happened").containsOnly(0.0);

			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class,
					() -> client.send(new byte[1_000_000]));
			assertThat(catchThrowableOfType(SendTimeoutException.class, () -> client.send("next")).nothingSent())
				.isTrue();
			PeerConnection peer = listening.accept(PATIENCE);
			peer.readAll();
			assertThat(ex.recovery()).succeedsWithin(PATIENCE);
			peer.send(new byte[] { 0, 0, 0, 1, 42 });
			await().until(() -> client.counters().uncorrelatedPackets() == 1);

			assertThat(meters()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("gentcp.connections", 1.0),
					Map.entry("gentcp.connections.opened", 1.0), Map.entry("gentcp.packets.sent", 1.0),
					Map.entry("gentcp.packets.received", 1.0), Map.entry("gentcp.packets.partial", 1.0),
					Map.entry("gentcp.send.timeouts,backend=socket,packet=nothing_sent", 1.0),
					Map.entry("gentcp.send.timeouts,backend=socket,packet=partial", 1.0),
					Map.entry("gentcp.send.timeouts,backend=socket,packet=queued", 0.0),
					Map.entry("gentcp.recoveries,outcome=completed", 1.0),
					Map.entry("gentcp.recoveries,outcome=resumed_by_caller", 0.0),
					Map.entry("gentcp.recoveries,outcome=abandoned", 0.0),
					Map.entry("gentcp.recoveries,outcome=closed", 0.0), Map.entry("gentcp.request.late", 0.0),
					Map.entry("gentcp.request.uncorrelated", 1.0)));
		}
	}

	@Test
	void theyCountPacketsThatStayQueued() {
		try (ScriptedPeer listening = ScriptedPeer.listening(Step.stall());
				GenTcp genTcp = GenTcp.open();
				GenTcpTemplate client = new GenTcpTemplate(genTcp, settings(listening.port(), Backend.INET),
						Thread.ofVirtual()::start)) {
			new GenTcpClientMetrics(client).bindTo(this.registry);
			client.send(new byte[1_000_000]);
			SendTimeoutException ex = catchThrowableOfType(SendTimeoutException.class, () -> client.send("next"));
			assertThat(meters()).containsEntry("gentcp.send.timeouts,backend=inet,packet=queued", 1.0)
				.containsEntry("gentcp.packets.sent", 1.0);

			listening.accept(PATIENCE).readAll();

			assertThat(ex.queued()).succeedsWithin(PATIENCE);
			assertThat(meters()).containsEntry("gentcp.packets.sent", 2.0)
				.containsEntry("gentcp.send.timeouts,backend=inet,packet=queued", 1.0)
				.containsEntry("gentcp.send.timeouts,backend=inet,packet=nothing_sent", 0.0)
				.containsEntry("gentcp.send.timeouts,backend=inet,packet=partial", 0.0)
				.containsEntry("gentcp.packets.partial", 0.0);
		}
	}

	private static GenTcpClientSettings settings(int port, Backend backend) {
		return GenTcpClientSettings.of("orders", "127.0.0.1", port)
			.options(SocketOptions.defaults()
				.backend(backend)
				.packet(PacketType.FOUR)
				.sndbuf(16 * 1024)
				.sendTimeout(Duration.ofMillis(50)));
	}

}
