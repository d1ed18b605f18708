package io.gentcp.spring.metrics;

import java.time.Duration;

import io.gentcp.spring.core.GenTcpEvent;
import io.gentcp.spring.core.RecoveryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one registry that move when something rare happens, of all clients and
 * servers.
 *
 * @param registry what holds the meters
 */
record EventMeters(MeterRegistry registry) {

	/** Publishes the timers, so that they are there before anything happens. */
	void publish(Tags endpoint) {
		var unused = connectionDuration(endpoint);
		for (RecoveryOutcome outcome : RecoveryOutcome.values()) {
			unused = recoveryDuration(endpoint, outcome);
		}
	}

	/** Moves what the event moves. */
	void on(GenTcpEvent event) {
		Tags endpoint = MeteredEndpoint.tags(event.role(), event.name());
		switch (event) {
			case GenTcpEvent.ConnectionClosed closed -> connectionDuration(endpoint).record(closed.lifetime());
			case GenTcpEvent.PacketRecovered packet -> recovery(endpoint, packet.outcome(), packet.took());
			case GenTcpEvent.PacketAbandoned packet -> recovery(endpoint, packet.outcome(), packet.took());
			case GenTcpEvent.HandlerFailed failed -> handlerFailed(endpoint, failed.failure());
			default -> {
				// It is counted, or has no meter.
			}
		}
	}

	private void recovery(Tags endpoint, RecoveryOutcome outcome, Duration took) {
		recoveryDuration(endpoint, outcome).record(took);
	}

	private Timer connectionDuration(Tags tags) {
		return timer(GenTcpMeter.CONNECTION_DURATION, tags);
	}

	private Timer recoveryDuration(Tags endpoint, RecoveryOutcome outcome) {
		return timer(GenTcpMeter.RECOVERY_DURATION, endpoint.and(GenTcpMeterTag.RECOVERY.key(), outcome.toString()));
	}

	private Timer timer(GenTcpMeter meter, Tags tags) {
		return Timer.builder(meter.meterName()).description(meter.description()).tags(tags).register(this.registry);
	}

	private void handlerFailed(Tags endpoint, Throwable failure) {
		Counter.builder(GenTcpMeter.LISTENER_ERRORS.meterName())
			.description(GenTcpMeter.LISTENER_ERRORS.description())
			.tags(endpoint.and(GenTcpMeterTag.EXCEPTION.key(), withoutPackage(failure.getClass())))
			.register(this.registry)
			.increment();
	}

	/** An anonymous class has no simple name, and a tag must have a value. */
	private static String withoutPackage(Class<?> type) {
		String simple = type.getSimpleName();
		return simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
	}

}
