package io.gentcp.spring.boot;

import io.gentcp.spring.core.GenTcpTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GenTcpMetricsAutoConfigurationTests {

	private static final String BINDER = "genTcpClientMetrics";

	private final ApplicationContextRunner runner = ConfiguredContext.runner()
		.withConfiguration(AutoConfigurations.of(GenTcpMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues("gentcp.client.orders.port=1", "gentcp.client.payment-switch.port=2");

	@Test
	void eachClientHasItsMeters() {
		this.runner.withUserConfiguration(Registry.class).run((context) -> {
			assertThat(context).hasNotFailed().hasBean(BINDER);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("gentcp.packets.sent").tag("name", "orders").meters()).hasSize(1);
			assertThat(registry.get("gentcp.packets.sent").tag("name", "payment-switch").meters()).hasSize(1);
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
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.withPropertyValues("gentcp.server.edge.port=0")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(BINDER);
				assertThat(context.getBeanProvider(GenTcpTemplate.class).stream()).hasSize(2);
			});
	}

	@Test
	void switchedOffThereAreNoMeters() {
		this.runner.withUserConfiguration(Registry.class)
			.withPropertyValues("gentcp.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BINDER));
	}

	@Test
	void aBinderOfTheApplicationWithTheNameOfOursReplacesIt() {
		this.runner.withUserConfiguration(Registry.class, OwnBinder.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MeterRegistry.class).find("gentcp.packets.sent").meters()).isEmpty();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBinder {

		@Bean
		MeterBinder genTcpClientMetrics() {
			return (registry) -> {
			};
		}

	}

}
