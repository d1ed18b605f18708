package io.gentcp.spring.metrics;

import io.gentcp.GenTcp;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.test.ScriptedPeer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.gentcp.spring.metrics.MeteredEndpoints.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The configuration in docs/metrics.md is all that plain Spring needs. */
class SpringWithoutBootTests {

	@Test
	void clientsThatAreBeansHaveMetersThatCountAndMetersThatEventsMove() {
		try (ScriptedPeer peer = ScriptedPeer.listening();
				GenTcp genTcp = GenTcp.open();
				AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
			context.registerBean(GenTcpTemplate.class, () -> new GenTcpTemplate(genTcp,
					GenTcpClientSettings.of("orders", "127.0.0.1", peer.port()), Thread::startVirtualThread));
			context.register(MetersOfOurs.class);
			context.refresh();
			context.getBean(GenTcpTemplate.class).send("x");
			peer.accept(PATIENCE).close();

			MeterRegistry registry = context.getBean(MeterRegistry.class);
			await().atMost(PATIENCE)
				.until(() -> registry.get("gentcp.connection.duration").tag("name", "orders").timer().count() == 1);
			assertThat(registry.get("gentcp.packets.sent").functionCounter().count()).isOne();
		}
	}

	@Configuration
	static class MetersOfOurs {

		@Bean
		GenTcpMetrics genTcpMetrics(ObjectProvider<GenTcpTemplate> clients,
				ObjectProvider<GenTcpListenerContainer> servers, MeterRegistry registry) {
			GenTcpMetrics metrics = new GenTcpMetrics(clients::stream, servers::stream, false);
			metrics.bindTo(registry);
			return metrics;
		}

	}

}
