package io.gentcp.spring.boot.actuate;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.gentcp.spring.core.ConnectFailure;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.PartialPacket;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of one client: down from when an attempt to connect fails until one
 * succeeds. It does not connect, nor wait: a client that nobody uses is up and idle.
 *
 * @param client whose health it is
 */
record ClientHealthIndicator(GenTcpTemplate client) implements HealthIndicator {

	@Override
	public Health health() {
		Optional<ConnectFailure> failure = this.client.connections().connectFailure();
		ClientState state = ClientState.of(this.client, failure);
		boolean unreachable = state == ClientState.UNREACHABLE;
		Health.Builder health = unreachable ? Health.down() : Health.up();
		health.withDetail("state", state.toString());
		health.withDetail("address", AddressText.of(this.client.settings().address()));
		failure.filter((failed) -> unreachable).ifPresent((failed) -> addTo(health, failed));
		this.client.connections()
			.all()
			.stream()
			.map(GenTcpConnection::partialPacket)
			.flatMap(Optional::stream)
			.findFirst()
			.ifPresent((packet) -> health.withDetail("partialPacket", describe(packet)));
		return health.build();
	}

	private static void addTo(Health.Builder health, ConnectFailure failure) {
		health.withDetail("error", String.valueOf(failure.failure().getMessage()));
		health.withDetail("since", failure.since());
		health.withDetail("attempts", failure.attempts());
	}

	private static Map<String, Object> describe(PartialPacket packet) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("bytesOut", packet.bytesOut());
		details.put("rest", packet.rest());
		details.put("age", packet.age().truncatedTo(ChronoUnit.MILLIS));
		return details;
	}

}
