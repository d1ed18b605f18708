package io.gentcp.spring.boot.actuate;

import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of one server: up while it listens, also at as many connections as it may
 * have; out of service when it was stopped, or has nobody to handle its packets.
 *
 * @param server whose health it is
 */
record ServerHealthIndicator(GenTcpListenerContainer server) implements HealthIndicator {

	@Override
	public Health health() {
		ServerState state = ServerState.of(this.server);
		Health.Builder health = (state == ServerState.STOPPED) ? Health.outOfService() : Health.up();
		return health.withDetail("state", state.toString())
			.withDetail("address", AddressText.of(this.server.address()))
			.withDetail("connections", this.server.activeConnections())
			.withDetail("maxConnections", this.server.settings().maxConnections())
			.build();
	}

}
