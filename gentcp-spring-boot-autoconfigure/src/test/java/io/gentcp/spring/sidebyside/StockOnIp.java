package io.gentcp.spring.sidebyside;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Transformers;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;

@Configuration(proxyBeanMethods = false)
@EnableIntegration
class StockOnIp {

	private static final int PACKET_SIZE = 1024 * 1024;

	@Bean
	TcpNioServerConnectionFactory stock(@Value("${stock.port}") int port) {
		TcpNioServerConnectionFactory factory = new TcpNioServerConnectionFactory(port);
		factory.setSerializer(packets());
		factory.setDeserializer(packets());
		factory.setSoTcpNoDelay(true);
		return factory;
	}

	@Bean
	IntegrationFlow answer(AbstractServerConnectionFactory stock) {
		return IntegrationFlow.from(Tcp.inboundGateway(stock))
			.transform(Transformers.objectToString())
			.transform(String.class, (article) -> article + ": in stock")
			.get();
	}

	@Bean
	TcpNetClientConnectionFactory shop(@Value("${stock.host}") String host, @Value("${stock.port}") int port) {
		TcpNetClientConnectionFactory factory = new TcpNetClientConnectionFactory(host, port);
		factory.setSerializer(packets());
		factory.setDeserializer(packets());
		factory.setSoTcpNoDelay(true);
		return factory;
	}

	@Bean
	IntegrationFlow ask(AbstractClientConnectionFactory shop) {
		return (flow) -> flow.handle(Tcp.outboundGateway(shop).remoteTimeout(5_000))
			.transform(Transformers.objectToString());
	}

	private static ByteArrayLengthHeaderSerializer packets() {
		ByteArrayLengthHeaderSerializer packets = new ByteArrayLengthHeaderSerializer();
		packets.setMaxMessageSize(PACKET_SIZE);
		return packets;
	}

}
