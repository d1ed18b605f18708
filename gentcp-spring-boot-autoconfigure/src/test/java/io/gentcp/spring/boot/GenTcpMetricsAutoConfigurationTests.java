package io.gentcp.spring.boot;

import java.util.List;
import java.util.stream.Stream;

import io.gentcp.GenTcp;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpClientSettings;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.metrics.GenTcpMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class GenTcpMetricsAutoConfigurationTests {

	private static final String BINDER = "genTcpMetrics";

	private final ApplicationContextRunner runner = ConfiguredContext.runner()
		.withConfiguration(AutoConfigurations.of(GenTcpMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues("gentcp.client.orders.port=1", "gentcp.client.payment-switch.port=2");

	private final ApplicationContextRunner serving = this.runner.withUserConfiguration(Registry.class)
		.withBean(Edge.class)
		.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1");

	private static List<String> names(MeterRegistry registry, String meter) {
		return registry.find(meter).meters().stream().map((found) -> found.getId().getTag("name")).toList();
	}

	@Test
	void eachClientAndServerHasItsMeters() {
		this.serving.run((context) -> {
			assertThat(context).hasNotFailed().hasBean(BINDER);
			assertThat(names(context.getBean(MeterRegistry.class), "gentcp.packets.sent"))
				.containsExactlyInAnyOrder("orders", "payment-switch", "edge");
		});
	}

	@Test
	void whatIsPublishedAsAnEventMovesMetersOnce() {
		this.serving.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			GenTcpListenerContainer server = context.getBean(GenTcpListenerContainer.class);
			try (GenTcp genTcp = GenTcp.open();
					GenTcpTemplate client = client(genTcp, "outside", server.port(),
							context.getBean("ordersGenTcpTemplate", GenTcpTemplate.class))) {
				assertThatExceptionOfType(SocketClosedException.class).isThrownBy(() -> client.sendAndReceive("fail"));
			}
			await().until(() -> registry.get("gentcp.connection.duration").tag("name", "edge").timer().count() == 1);
			assertThat(
					registry.get("gentcp.listener.errors").tag("exception", "IllegalStateException").counter().count())
				.isOne();
		});
	}

	@Test
	void aClientThatTheApplicationMakesLazilyHasMetersToo() {
		this.runner.withUserConfiguration(Registry.class, LazyClient.class)
			.run((context) -> assertThat(names(context.getBean(MeterRegistry.class), "gentcp.packets.sent"))
				.containsExactlyInAnyOrder("orders", "payment-switch", "lazy"));
	}

	@Test
	void sizesOfPacketsArePublishedIfTheyAreWanted() {
		this.serving
			.run((context) -> assertThat(names(context.getBean(MeterRegistry.class), "gentcp.packet.size")).isEmpty());
		this.serving.withPropertyValues("gentcp.metrics.packet_size=true")
			.run((context) -> assertThat(names(context.getBean(MeterRegistry.class), "gentcp.packet.size"))
				.containsExactlyInAnyOrder("orders", "orders", "payment-switch", "payment-switch", "edge", "edge"));
	}

	@Test
	void severalRegistriesHaveTheSameMeters() {
		this.serving.withBean("second", SimpleMeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			assertThat(context).hasNotFailed();
			List<List<Meter.Id>> ids = Stream.of("registry", "second")
				.map((name) -> context.getBean(name, MeterRegistry.class)
					.getMeters()
					.stream()
					.map(Meter::getId)
					.toList())
				.toList();
			assertThat(ids.get(0)).isNotEmpty().containsExactlyInAnyOrderElementsOf(ids.get(1));
		});
	}

	@Test
	void withoutARegistryThereAreNoMeters() {
		ConfiguredContext.runner()
			.withConfiguration(AutoConfigurations.of(GenTcpMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BINDER));
	}

	@Test
	void withoutMicrometerEverythingElseWorks() {
		ConfiguredContext.runner()
			.withConfiguration(AutoConfigurations.of(GenTcpMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.withBean(Edge.class)
			.withPropertyValues("gentcp.packet=4", "gentcp.server.edge.port=0", "gentcp.server.edge.address=127.0.0.1",
					"gentcp.client.orders.port=1", "gentcp.metrics.packet-size=true")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(BINDER).hasSingleBean(GenTcpTemplate.class);
				int port = context.getBean(GenTcpListenerContainer.class).port();
				try (GenTcp genTcp = GenTcp.open();
						GenTcpTemplate client = client(genTcp, "outside", port,
								context.getBean(GenTcpTemplate.class))) {
					assertThat(client.sendAndReceive("fine")).isEqualTo("fine");
				}
			});
	}

	@Test
	void switchedOffThereAreNoMeters() {
		this.runner.withUserConfiguration(Registry.class)
			.withPropertyValues("gentcp.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BINDER));
	}

	@Test
	void withMetersAloneNothingOfOursIsNeeded() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GenTcpMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
			.withUserConfiguration(Registry.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BINDER));
	}

	@Test
	void metersOfTheApplicationReplaceOurs() {
		this.runner.withUserConfiguration(Registry.class, OwnMeters.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(GenTcpMetrics.class);
			assertThat(context.getBean(MeterRegistry.class).find("gentcp.packets.sent").meters()).isEmpty();
		});
	}

	/** Set as another one is, but for its place. */
	private static GenTcpTemplate client(GenTcp genTcp, String name, int port, GenTcpTemplate as) {
		return new GenTcpTemplate(genTcp,
				GenTcpClientSettings.of(name, "127.0.0.1", port).options(as.settings().options()),
				Thread::startVirtualThread);
	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyClient {

		@Bean
		@Lazy
		GenTcpTemplate lazyClient(GenTcp genTcp) {
			return new GenTcpTemplate(genTcp, GenTcpClientSettings.of("lazy", "localhost", 1),
					Thread::startVirtualThread);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMeters {

		@Bean
		GenTcpMetrics own() {
			return new GenTcpMetrics(Stream::empty, Stream::empty, false);
		}

	}

	/** Returns what comes, or fails if it is told to. */
	static class Edge {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			if (packet.equals("fail")) {
				throw new IllegalStateException("as it was told");
			}
			return packet;
		}

	}

}
