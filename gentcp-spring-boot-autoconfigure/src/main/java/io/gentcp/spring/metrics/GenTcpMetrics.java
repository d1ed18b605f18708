package io.gentcp.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Publishes the {@link GenTcpMeter meters} of clients and servers, tagged with their name
 * and role. What is frequent is counted by the connections themselves and read when the
 * registry is; what is rare moves its meters as an event. So nothing of this runs for a
 * packet, unless the sizes of packets are wanted. Any thread may call any method.
 */
public final class GenTcpMetrics
		implements MeterBinder, ApplicationListener<PayloadApplicationEvent<? extends GenTcpEvent>> {

	private final Supplier<Stream<GenTcpTemplate>> clients;

	private final Supplier<Stream<GenTcpListenerContainer>> servers;

	private final boolean packetSizes;

	private final Map<MeterRegistry, EventMeters> registries = new ConcurrentHashMap<>();

	private final Map<GenTcpConnections, PacketSizeMeters> sizes = new ConcurrentHashMap<>();

	/**
	 * Makes the meters of these clients and servers, for any number of registries.
	 * @param clients asked when a registry is bound
	 * @param servers asked when a registry is bound
	 * @param packetSizes whether to publish {@link GenTcpMeter#PACKET_SIZE}, which costs
	 * a call of Micrometer per packet
	 */
	public GenTcpMetrics(Supplier<Stream<GenTcpTemplate>> clients, Supplier<Stream<GenTcpListenerContainer>> servers,
			boolean packetSizes) {
		this.clients = clients;
		this.servers = servers;
		this.packetSizes = packetSizes;
	}

	/**
	 * Publishes the meters in a registry. Binding it again adds the clients and servers
	 * that are new, and nothing else.
	 */
	@Override
	public void bindTo(MeterRegistry registry) {
		EventMeters events = this.registries.computeIfAbsent(registry, EventMeters::new);
		// A mock that a test has put in the place of a client has nothing to publish.
		this.clients.get()
			.filter((client) -> client.connections() != null)
			.forEach((client) -> publish(MeteredEndpoint.of(client), events));
		this.servers.get().forEach((server) -> publish(MeteredEndpoint.of(server), events));
	}

	private void publish(MeteredEndpoint endpoint, EventMeters events) {
		new CountedMeters(endpoint, events.registry()).publish();
		events.publish(endpoint.tags());
		if (this.packetSizes) {
			PacketSizeMeters sizes = this.sizes.computeIfAbsent(endpoint.connections(),
					(key) -> new PacketSizeMeters());
			sizes.publish(events.registry(), endpoint.tags());
			endpoint.counters().tellSizes(sizes);
		}
	}

	/** Moves the meters of what is rare, in every registry. */
	@Override
	public void onApplicationEvent(PayloadApplicationEvent<? extends GenTcpEvent> event) {
		this.registries.values().forEach((meters) -> meters.on(event.getPayload()));
	}

}
