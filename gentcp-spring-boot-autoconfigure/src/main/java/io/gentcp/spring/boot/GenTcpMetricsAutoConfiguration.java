package io.gentcp.spring.boot;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.metrics.GenTcpMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters of GenTCP clients and servers. */
@AutoConfiguration(after = GenTcpAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, GenTcpProperties.class })
public final class GenTcpMetricsAutoConfiguration {

	/** Clients and servers are asked for when a registry is bound, not before. */
	@Bean
	@ConditionalOnMissingBean(value = GenTcpMetrics.class, name = "genTcpMetrics")
	GenTcpMetrics genTcpMetrics(ObjectProvider<GenTcpTemplate> clients, ObjectProvider<GenTcpListenerContainer> servers,
			GenTcpProperties properties) {
		return new GenTcpMetrics(clients::orderedStream, servers::orderedStream,
				properties.getMetrics().isPacketSize());
	}

}
