package io.gentcp.spring.boot;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import io.gentcp.spring.core.GenTcpEvent;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Publishes the port of each server that listens as {@code local.gentcp.<server>.port},
 * beside the ports of other servers.
 */
class LocalPorts implements ApplicationListener<PayloadApplicationEvent<GenTcpEvent.ServerListening>> {

	private static final String PROPERTY_SOURCE = "server.ports";

	private final ConfigurableEnvironment environment;

	LocalPorts(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void onApplicationEvent(PayloadApplicationEvent<GenTcpEvent.ServerListening> event) {
		GenTcpEvent.ServerListening server = event.getPayload();
		if (!(server.address() instanceof InetSocketAddress address)) {
			// Its path is the one that was configured: gentcp.server.<server>.local.
			return;
		}
		MutablePropertySources sources = this.environment.getPropertySources();
		PropertySource<?> source = sources.get(PROPERTY_SOURCE);
		if (source == null) {
			source = new MapPropertySource(PROPERTY_SOURCE, new HashMap<>());
			sources.addFirst(source);
		}
		((Map<String, Object>) source.getSource()).put("local.gentcp.%s.port".formatted(server.name()),
				address.getPort());
	}

}
