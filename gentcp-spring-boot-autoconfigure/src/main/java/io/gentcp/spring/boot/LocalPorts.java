package io.gentcp.spring.boot;

import java.net.UnixDomainSocketAddress;
import java.util.HashMap;
import java.util.Map;

import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpListeningEvent;

import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Publishes the port of each server that listens as {@code local.gentcp.<server>.port},
 * beside the ports of other servers.
 */
class LocalPorts implements ApplicationListener<GenTcpListeningEvent> {

	private static final String PROPERTY_SOURCE = "server.ports";

	private final ConfigurableEnvironment environment;

	LocalPorts(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void onApplicationEvent(GenTcpListeningEvent event) {
		GenTcpListenerContainer container = event.container();
		if (container.settings().address() instanceof UnixDomainSocketAddress) {
			// Its path is the one that was configured: gentcp.server.<server>.local.
			return;
		}
		MutablePropertySources sources = this.environment.getPropertySources();
		PropertySource<?> source = sources.get(PROPERTY_SOURCE);
		if (source == null) {
			source = new MapPropertySource(PROPERTY_SOURCE, new HashMap<>());
			sources.addFirst(source);
		}
		((Map<String, Object>) source.getSource()).put("local.gentcp.%s.port".formatted(container.name()),
				container.port());
	}

}
