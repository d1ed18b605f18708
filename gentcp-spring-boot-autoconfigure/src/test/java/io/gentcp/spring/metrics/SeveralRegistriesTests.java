package io.gentcp.spring.metrics;

import java.util.function.UnaryOperator;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.test.ScriptedPeer;
import io.gentcp.transport.Backend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static io.gentcp.spring.metrics.MeteredEndpoints.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** The meters of the same clients in no, one, or several registries. */
class SeveralRegistriesTests {

	private static final String SIZE = GenTcpMeter.PACKET_SIZE.meterName();

	@Test
	void eachRegistryCountsEverythingOnceHoweverOftenItIsBound() {
		try (MeteredEndpoints meters = new MeteredEndpoints(Backend.SOCKET, true);
				ScriptedPeer peer = ScriptedPeer.listening()) {
			GenTcpTemplate client = meters.client(peer.port(), UnaryOperator.identity());
			MeterRegistry other = new SimpleMeterRegistry();
			meters.metrics().bindTo(other);
			meters.metrics().bindTo(other);
			int bound = other.getMeters().size();

			client.send("12345");
			peer.accept(PATIENCE).close();

			meters.awaitValue(1, GenTcpMeter.CONNECTION_DURATION);
			for (MeterRegistry registry : new MeterRegistry[] { meters.registry(), other }) {
				assertThat(registry.get(GenTcpMeter.CONNECTION_DURATION.meterName()).timer().count()).isOne();
				assertThat(registry.get(GenTcpMeter.PACKETS_SENT.meterName()).functionCounter().count()).isOne();
				assertThat(registry.get(SIZE).tag("direction", "sent").summary().count()).isOne();
				assertThat(registry.getMeters()).hasSize(bound);
			}
		}
	}

	@Test
	void aClientThatIsNewWhenARegistryIsBoundAgainIsPublishedToo() {
		try (MeteredEndpoints meters = new MeteredEndpoints(Backend.SOCKET, false)) {
			meters.metrics().bindTo(meters.registry());
			assertThat(meters.registry().getMeters()).isEmpty();

			GenTcpTemplate client = meters.client(1, UnaryOperator.identity());

			assertThat(meters.registry().get(GenTcpMeter.CONNECTIONS.meterName()).tag("name", client.name()).gauges())
				.hasSize(1);
		}
	}

	@Test
	void sizesOfPacketsAreNotPublishedUnlessAskedFor() {
		try (MeteredEndpoints meters = new MeteredEndpoints(Backend.SOCKET, false);
				ScriptedPeer peer = ScriptedPeer.listening()) {
			meters.client(peer.port(), UnaryOperator.identity()).send("x");

			assertThat(meters.value(GenTcpMeter.PACKETS_SENT)).isOne();
			assertThat(meters.registry().find(SIZE).meters()).isEmpty();
		}
	}

}
