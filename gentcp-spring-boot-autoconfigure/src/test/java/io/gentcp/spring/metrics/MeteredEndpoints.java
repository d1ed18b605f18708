package io.gentcp.spring.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.transport.Backend;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients and servers with packet 4 and small buffers on one backend, and a registry with
 * their meters.
 */
final class MeteredEndpoints implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	/** Time for which a send waits for a peer that does not read. */
	static final Duration SHORT = Duration.ofMillis(50);

	private final Backend backend;

	private final GenTcp genTcp = GenTcp.open();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final List<GenTcpTemplate> clients = new ArrayList<>();

	private final List<GenTcpListenerContainer> servers = new ArrayList<>();

	private final GenTcpMetrics metrics;

	MeteredEndpoints(Backend backend, boolean packetSizes) {
		this.backend = backend;
		this.metrics = new GenTcpMetrics(this.clients::stream, this.servers::stream, packetSizes);
	}

	/** A client called orders, whose meters are published. */
	GenTcpTemplate client(int port, UnaryOperator<GenTcpClientSettings> change) {
		GenTcpClientSettings settings = GenTcpClientSettings.of("orders", "127.0.0.1", port).options(options());
		GenTcpTemplate client = new GenTcpTemplate(this.genTcp, change.apply(settings), Thread::startVirtualThread);
		client.setApplicationEventPublisher(publisher());
		this.clients.add(client);
		this.metrics.bindTo(this.registry);
		return client;
	}

	/** A server called edge that runs, and whose meters are published. */
	GenTcpListenerContainer server(PacketHandler handler, UnaryOperator<GenTcpServerSettings> change) {
		GenTcpServerSettings settings = GenTcpServerSettings.of("edge", 0)
			.address(InetAddress.getLoopbackAddress())
			.options(options());
		GenTcpListenerContainer server = new GenTcpListenerContainer(this.genTcp, change.apply(settings),
				Thread::startVirtualThread);
		server.setApplicationEventPublisher(publisher());
		server.setPacketHandler(handler);
		server.start();
		this.servers.add(server);
		this.metrics.bindTo(this.registry);
		return server;
	}

	private SocketOptions options() {
		return SocketOptions.defaults()
			.backend(this.backend)
			.packet(PacketType.FOUR)
			.sndbuf(16 * 1024)
			.sendTimeout(PATIENCE);
	}

	/** Publishes as an application context does. */
	private ApplicationEventPublisher publisher() {
		return (Object event) -> this.metrics
			.onApplicationEvent(new PayloadApplicationEvent<>(this, (GenTcpEvent) event));
	}

	GenTcpMetrics metrics() {
		return this.metrics;
	}

	SimpleMeterRegistry registry() {
		return this.registry;
	}

	/** How often, or how much: what a meter with these tags has first. */
	double value(GenTcpMeter meter, String... tags) {
		return this.registry.get(meter.meterName()).tags(tags).meter().measure().iterator().next().getValue();
	}

	/** How long or how much in all. */
	double total(GenTcpMeter meter, String... tags) {
		Meter found = this.registry.get(meter.meterName()).tags(tags).meter();
		for (var measurement : found.measure()) {
			if (measurement.getStatistic() == Statistic.TOTAL || measurement.getStatistic() == Statistic.TOTAL_TIME) {
				return measurement.getValue();
			}
		}
		throw new AssertionError(found.getId() + " has no total");
	}

	/** Waits until a meter shows this. */
	void awaitValue(double value, GenTcpMeter meter, String... tags) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(value(meter, tags)).as(meter.meterName()).isEqualTo(value));
	}

	@Override
	public void close() {
		this.clients.forEach(GenTcpTemplate::close);
		this.servers.forEach(GenTcpListenerContainer::stop);
		this.genTcp.close();
	}

}
