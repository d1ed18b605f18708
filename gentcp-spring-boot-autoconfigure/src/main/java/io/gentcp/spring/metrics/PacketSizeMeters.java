package io.gentcp.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketSizes;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The sizes of the packets of one client or server, in each registry that wants them. It
 * is called for every packet, on its thread; that is why it is opt-in.
 */
final class PacketSizeMeters implements PacketSizes {

	private final Map<MeterRegistry, BothDirections> registries = new ConcurrentHashMap<>();

	/** Publishes both directions in a registry, unless it has them. */
	void publish(MeterRegistry registry, Tags endpoint) {
		this.registries.computeIfAbsent(registry, (key) -> new BothDirections(summary(registry, endpoint, "sent"),
				summary(registry, endpoint, "received")));
	}

	private static DistributionSummary summary(MeterRegistry registry, Tags endpoint, String direction) {
		return DistributionSummary.builder(GenTcpMeter.PACKET_SIZE.meterName())
			.description(GenTcpMeter.PACKET_SIZE.description())
			.baseUnit(GenTcpMeter.PACKET_SIZE.baseUnit())
			.tags(endpoint.and(GenTcpMeterTag.DIRECTION.key(), direction))
			.register(registry);
	}

	@Override
	public void sent(int bytes) {
		this.registries.values().forEach((summaries) -> summaries.sent().record(bytes));
	}

	@Override
	public void received(Packet packet) {
		switch (packet) {
			case Packet.Bytes bytes -> received(bytes.size());
			case Packet.WithHeader(byte[] header, byte[] rest) -> received(header.length + rest.length);
			case Packet.TlsRecord record -> received(record.data().length);
			case HttpPacket line -> {
				// Taken apart into text: its size on the wire is known no more.
			}
		}
	}

	private void received(int bytes) {
		this.registries.values().forEach((summaries) -> summaries.received().record(bytes));
	}

	/** The two meters of one registry. */
	private record BothDirections(DistributionSummary sent, DistributionSummary received) {
	}

}
