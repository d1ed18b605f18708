package io.gentcp.spring.boot.actuate;

import io.gentcp.GenTcp;
import io.gentcp.spring.boot.GenTcpAutoConfiguration;
import io.gentcp.spring.boot.GenTcpProperties;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the actuator endpoint, where the application exposes it. */
@AutoConfiguration(after = GenTcpAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(GenTcpEndpoint.class)
@ConditionalOnBean(GenTcpProperties.class)
public final class GenTcpEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GenTcpEndpoint genTcpEndpoint(ObjectProvider<GenTcpTemplate> clients,
			ObjectProvider<GenTcpListenerContainer> servers, ObjectProvider<GenTcp> runtimes) {
		return new GenTcpEndpoint(clients, servers, runtimes);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = GenTcpEndpoint.class, exposure = EndpointExposure.WEB)
	GenTcpEndpointWebExtension genTcpEndpointWebExtension(GenTcpEndpoint endpoint) {
		return new GenTcpEndpointWebExtension(endpoint);
	}

}
