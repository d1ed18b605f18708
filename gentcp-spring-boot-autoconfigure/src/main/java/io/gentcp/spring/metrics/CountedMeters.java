package io.gentcp.spring.metrics;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.gentcp.spring.core.CloseReason;
import io.gentcp.spring.core.EndpointCounters;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.RecoveryOutcome;
import io.gentcp.spring.core.Role;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one client or server that are read when the registry is: who sends and
 * receives counts for itself, and touches none of them.
 */
final class CountedMeters {

	private final MeteredEndpoint endpoint;

	private final MeterRegistry registry;

	CountedMeters(MeteredEndpoint endpoint, MeterRegistry registry) {
		this.endpoint = endpoint;
		this.registry = registry;
	}

	/** Publishes what its role has. */
	void publish() {
		connections();
		handshakes();
		traffic();
		timeouts();
		recoveries();
		counter(GenTcpMeter.DECODE_ERRORS,
				Tags.of(GenTcpMeterTag.PACKET_TYPE.key(), this.endpoint.options().packet().name()),
				EndpointCounters::invalidPackets);
		gauge(GenTcpMeter.LISTENER_ACTIVE, Tags.empty(), this.endpoint.connections(),
				GenTcpConnections::runningHandlers);
		if (this.endpoint.connections().settings().role() == Role.CLIENT) {
			requests();
		}
	}

	private void requests() {
		counter(GenTcpMeter.REQUEST_LATE, Tags.empty(), EndpointCounters::lateReplies);
		counter(GenTcpMeter.REQUEST_UNCORRELATED, Tags.empty(), EndpointCounters::uncorrelatedPackets);
		attempts("connected", EndpointCounters::connectionsOpened);
		attempts("failed", EndpointCounters::connectsFailed);
	}

	private void attempts(String outcome, ToDoubleFunction<EndpointCounters> count) {
		counter(GenTcpMeter.RECONNECT_ATTEMPTS, Tags.of(GenTcpMeterTag.CONNECT.key(), outcome), count);
	}

	private void connections() {
		gauge(GenTcpMeter.CONNECTIONS, Tags.empty(), this.endpoint.connections(), GenTcpConnections::count);
		counter(GenTcpMeter.CONNECTIONS_OPENED, Tags.empty(), EndpointCounters::connectionsOpened);
		for (CloseReason reason : CloseReason.values()) {
			counter(GenTcpMeter.CONNECTIONS_CLOSED, Tags.of(GenTcpMeterTag.REASON.key(), reason.toString()),
					(counters) -> counters.connectionsClosed(reason));
		}
	}

	private void handshakes() {
		handshakes("completed", EndpointCounters::handshakesCompleted);
		handshakes("failed", EndpointCounters::handshakesFailed);
	}

	private void handshakes(String outcome, ToDoubleFunction<EndpointCounters> count) {
		counter(GenTcpMeter.TLS_HANDSHAKE, Tags.of(GenTcpMeterTag.HANDSHAKE.key(), outcome), count);
	}

	private void traffic() {
		counter(GenTcpMeter.PACKETS_SENT, Tags.empty(), EndpointCounters::packetsSent);
		counter(GenTcpMeter.PACKETS_RECEIVED, Tags.empty(), EndpointCounters::packetsReceived);
		counter(GenTcpMeter.BYTES_SENT, Tags.empty(), EndpointCounters::bytesSent);
		counter(GenTcpMeter.BYTES_RECEIVED, Tags.empty(), EndpointCounters::bytesReceived);
		pending("queue", (connection) -> connection.socket().stats().pending());
		pending("rest", GenTcpConnection::restBytes);
		FunctionTimer
			.builder(GenTcpMeter.SEND_BLOCKED.meterName(), this.endpoint.counters(), EndpointCounters::sendsBlocked,
					(counters) -> counters.sendsBlockedTime().toNanos(), TimeUnit.NANOSECONDS)
			.description(GenTcpMeter.SEND_BLOCKED.description())
			.tags(this.endpoint.tags())
			.register(this.registry);
	}

	private void pending(String kind, ToDoubleFunction<GenTcpConnection> bytes) {
		gauge(GenTcpMeter.PENDING_BYTES, Tags.of(GenTcpMeterTag.KIND.key(), kind), this.endpoint.connections(),
				(connections) -> connections.all().stream().mapToDouble(bytes).sum());
	}

	private void timeouts() {
		timeouts("nothing_sent", EndpointCounters::sendTimeoutsNothingSent);
		timeouts("partial", EndpointCounters::sendTimeoutsPartial);
		timeouts("queued", EndpointCounters::sendTimeoutsQueued);
	}

	private void timeouts(String packet, ToDoubleFunction<EndpointCounters> count) {
		String backend = this.endpoint.options().backend().name().toLowerCase(Locale.ROOT);
		counter(GenTcpMeter.SEND_TIMEOUTS,
				Tags.of(GenTcpMeterTag.PACKET.key(), packet, GenTcpMeterTag.BACKEND.key(), backend), count);
	}

	private void recoveries() {
		counter(GenTcpMeter.PACKETS_PARTIAL, Tags.empty(), EndpointCounters::partialPackets);
		for (RecoveryOutcome outcome : RecoveryOutcome.values()) {
			counter(GenTcpMeter.RECOVERIES, Tags.of(GenTcpMeterTag.RECOVERY.key(), outcome.toString()),
					(counters) -> counters.recoveries(outcome));
		}
	}

	/** Publishes a number that rises and falls. */
	private <T> void gauge(GenTcpMeter meter, Tags more, T of, ToDoubleFunction<T> value) {
		Gauge.Builder<T> gauge = Gauge.builder(meter.meterName(), of, value)
			.description(meter.description())
			.tags(this.endpoint.tags().and(more));
		if (!meter.baseUnit().isEmpty()) {
			gauge.baseUnit(meter.baseUnit());
		}
		gauge.register(this.registry);
	}

	private void counter(GenTcpMeter meter, Tags more, ToDoubleFunction<EndpointCounters> count) {
		FunctionCounter.Builder<EndpointCounters> counter = FunctionCounter
			.builder(meter.meterName(), this.endpoint.counters(), count)
			.description(meter.description())
			.tags(this.endpoint.tags().and(more));
		if (!meter.baseUnit().isEmpty()) {
			counter.baseUnit(meter.baseUnit());
		}
		counter.register(this.registry);
	}

}
