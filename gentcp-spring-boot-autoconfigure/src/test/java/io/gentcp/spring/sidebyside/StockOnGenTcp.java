package io.gentcp.spring.sidebyside;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.integration.GenTcpAdapters;
import io.gentcp.spring.integration.PayloadType;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;

@Configuration(proxyBeanMethods = false)
@EnableIntegration
class StockOnGenTcp {

	@Bean
	IntegrationFlow answer(GenTcpListenerContainer stock) {
		return IntegrationFlow.from(GenTcpAdapters.inboundGateway(stock).payloadType(PayloadType.TEXT))
			.transform(String.class, (article) -> article + ": in stock")
			.get();
	}

	@Bean
	IntegrationFlow ask(GenTcpTemplate shop) {
		return (flow) -> flow.handle(GenTcpAdapters.outboundGateway(shop).payloadType(PayloadType.TEXT));
	}

}
