package io.gentcp.spring.integration;

import org.springframework.integration.dsl.MessageHandlerSpec;

/** A {@link GenTcpOutboundGateway} in the making. */
public final class GenTcpOutboundGatewaySpec
		extends MessageHandlerSpec<GenTcpOutboundGatewaySpec, GenTcpOutboundGateway> {

	private final GenTcpOutboundGateway gateway;

	GenTcpOutboundGatewaySpec(GenTcpOutboundGateway gateway) {
		this.target = gateway;
		this.gateway = gateway;
	}

	/** What is made of the reply; by default a {@code byte[]}. */
	public GenTcpOutboundGatewaySpec payloadType(PayloadType payloadType) {
		this.gateway.setPayloadType(payloadType);
		return this;
	}

	/** Whether a virtual thread waits for each reply; by default the caller waits. */
	public GenTcpOutboundGatewaySpec async(boolean async) {
		this.gateway.setAsync(async);
		return this;
	}

}
