package io.gentcp.spring.integration;

import org.springframework.integration.dsl.MessageHandlerSpec;

/** A {@link GenTcpSendingMessageHandler} in the making. */
public final class GenTcpOutboundChannelAdapterSpec
		extends MessageHandlerSpec<GenTcpOutboundChannelAdapterSpec, GenTcpSendingMessageHandler> {

	GenTcpOutboundChannelAdapterSpec(GenTcpSendingMessageHandler adapter) {
		this.target = adapter;
	}

}
