package io.gentcp.spring.boot;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.metrics.GenTcpClientMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters of GenTCP clients. */
@AutoConfiguration(after = GenTcpAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "gentcp.enabled", matchIfMissing = true)
public final class GenTcpMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "genTcpClientMetrics")
	MeterBinder genTcpClientMetrics(ObjectProvider<GenTcpTemplate> clients) {
		return (registry) -> clients.orderedStream()
			.forEach((client) -> new GenTcpClientMetrics(client).bindTo(registry));
	}

}
