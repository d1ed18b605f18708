package io.gentcp.spring.metrics;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.gentcp.spring.core.EndpointCounters;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.RecoveryOutcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes what one client counts, tagged with its {@code name} and the {@code role}
 * client. A send touches no meter: they are read when the registry is.
 */
public final class GenTcpClientMetrics implements MeterBinder {

	private final GenTcpTemplate client;

	private final Tags tags;

	private final String backend;

	public GenTcpClientMetrics(GenTcpTemplate client) {
		this.client = client;
		this.tags = Tags.of("name", client.name(), "role", "client");
		this.backend = client.settings().options().backend().name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gentcp.connections", this.client, (client) -> client.isConnected() ? 1 : 0)
			.description("Connections that are open")
			.tags(this.tags)
			.register(registry);
		counter(registry, "gentcp.connections.opened", "Connections opened", Tags.empty(),
				EndpointCounters::connectionsOpened);
		counter(registry, "gentcp.packets.sent", "Packets that are out whole, or queued", Tags.empty(),
				EndpointCounters::packetsSent);
		counter(registry, "gentcp.packets.received", "Packets that arrived", Tags.empty(),
				EndpointCounters::packetsReceived);
		counter(registry, "gentcp.packets.partial", "Packets left with a part out at their send timeout", Tags.empty(),
				EndpointCounters::partialPackets);
		timeouts(registry, "nothing_sent", EndpointCounters::sendTimeoutsNothingSent);
		timeouts(registry, "partial", EndpointCounters::sendTimeoutsPartial);
		timeouts(registry, "queued", EndpointCounters::sendTimeoutsQueued);
		recoveries(registry, "completed", (c) -> c.recoveries(RecoveryOutcome.COMPLETED));
		recoveries(registry, "resumed_by_caller", (c) -> c.recoveries(RecoveryOutcome.RESUMED_BY_CALLER));
		recoveries(registry, "abandoned", (c) -> c.recoveries(RecoveryOutcome.ABANDONED));
		recoveries(registry, "closed", (c) -> c.recoveries(RecoveryOutcome.CLOSED));
		counter(registry, "gentcp.request.late", "Replies that came after their request was given up", Tags.empty(),
				EndpointCounters::lateReplies);
		counter(registry, "gentcp.request.uncorrelated", "Packets that no request asked for", Tags.empty(),
				EndpointCounters::uncorrelatedPackets);
	}

	private void timeouts(MeterRegistry registry, String packet, ToDoubleFunction<EndpointCounters> count) {
		counter(registry, "gentcp.send.timeouts", "Sends that timed out, by what became of their packet",
				Tags.of("packet", packet, "backend", this.backend), count);
	}

	private void recoveries(MeterRegistry registry, String outcome, ToDoubleFunction<EndpointCounters> count) {
		counter(registry, "gentcp.recoveries", "Partial packets whose recovery has ended, by how",
				Tags.of("outcome", outcome), count);
	}

	private void counter(MeterRegistry registry, String name, String description, Tags more,
			ToDoubleFunction<EndpointCounters> count) {
		FunctionCounter.builder(name, this.client.counters(), count)
			.description(description)
			.tags(this.tags.and(more))
			.register(registry);
	}

}
