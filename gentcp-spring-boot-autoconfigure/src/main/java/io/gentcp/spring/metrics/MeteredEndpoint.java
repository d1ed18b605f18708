package io.gentcp.spring.metrics;

import io.gentcp.SocketOptions;
import io.gentcp.spring.core.EndpointCounters;
import io.gentcp.spring.core.GenTcpConnections;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.Role;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.micrometer.core.instrument.Tags;

/**
 * One client or server, as its meters see it.
 *
 * @param connections those that are open, and what all have done
 * @param options what the connections are set to
 */
record MeteredEndpoint(GenTcpConnections connections, SocketOptions options) {

	static MeteredEndpoint of(GenTcpTemplate client) {
		return new MeteredEndpoint(client.connections(), client.settings().options());
	}

	static MeteredEndpoint of(GenTcpListenerContainer server) {
		return new MeteredEndpoint(server.connections(), server.settings().options());
	}

	EndpointCounters counters() {
		return this.connections.counters();
	}

	/** Returns what all of its meters are tagged with. */
	Tags tags() {
		return tags(this.connections.settings().role(), this.connections.settings().name());
	}

	static Tags tags(Role role, String name) {
		return Tags.of(GenTcpMeterTag.NAME.key(), name, GenTcpMeterTag.ROLE.key(), role.toString());
	}

}
