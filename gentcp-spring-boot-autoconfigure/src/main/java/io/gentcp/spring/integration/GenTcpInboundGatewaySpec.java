package io.gentcp.spring.integration;

import org.springframework.integration.dsl.MessagingGatewaySpec;

/** A {@link GenTcpInboundGateway} in the making. */
public final class GenTcpInboundGatewaySpec
		extends MessagingGatewaySpec<GenTcpInboundGatewaySpec, GenTcpInboundGateway> {

	private final GenTcpInboundGateway gateway;

	GenTcpInboundGatewaySpec(GenTcpInboundGateway gateway) {
		super(gateway);
		this.gateway = gateway;
	}

	/** What is made of a packet of bytes; by default a {@code byte[]}. */
	public GenTcpInboundGatewaySpec payloadType(PayloadType payloadType) {
		this.gateway.setPayloadType(payloadType);
		return this;
	}

}
