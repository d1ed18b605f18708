package io.gentcp.spring.integration;

import java.net.InetAddress;

import javax.net.ssl.SSLContext;

import io.gentcp.spring.boot.TestCertificates;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.test.FreePort;
import io.gentcp.transport.TlsOptions;
import io.gentcp.transport.TlsSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;

/** Gateways over TLS: nothing about them is different. */
class TlsFlowTests {

	private final Flows flows = new Flows();

	@AfterEach
	void close() {
		this.flows.close();
	}

	@Test
	void aRequestOfAnOutboundGatewayIsAnsweredByAnInboundGateway() {
		SSLContext context = TestCertificates.context("server");
		int port = FreePort.find();
		GenTcpListenerContainer server = this.flows.server((settings) -> GenTcpServerSettings.of("edge", port)
			.address(InetAddress.getLoopbackAddress())
			.options(settings.options().tls(TlsOptions.of(context))));
		GenTcpTemplate client = this.flows.client(port,
				(settings) -> settings.options(settings.options().tls(TlsOptions.of(context))));
		this.flows
			.add(IntegrationFlow.from(GenTcpAdapters.inboundGateway(server).payloadType(PayloadType.TEXT))
				.transform(String.class, (packet) -> "re: " + packet)
				.get())
			.add(IntegrationFlow.from(Flows.OUT)
				.handle(GenTcpAdapters.outboundGateway(client).payloadType(PayloadType.TEXT))
				.channel(Flows.IN)
				.get())
			.start();

		this.flows.send(new GenericMessage<>("a"));

		assertThat(this.flows.receive(Flows.IN).getPayload()).isEqualTo("re: a");
		assertThat(client.connections().all().iterator().next().tlsSession()).map(TlsSession::protocol)
			.contains("TLSv1.3");
	}

}
