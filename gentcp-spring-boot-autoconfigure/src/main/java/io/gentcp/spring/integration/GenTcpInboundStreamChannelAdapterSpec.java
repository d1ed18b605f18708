package io.gentcp.spring.integration;

import org.springframework.integration.dsl.MessageProducerSpec;

/** A {@link GenTcpStreamReceivingChannelAdapter} in the making. */
public final class GenTcpInboundStreamChannelAdapterSpec
		extends MessageProducerSpec<GenTcpInboundStreamChannelAdapterSpec, GenTcpStreamReceivingChannelAdapter> {

	GenTcpInboundStreamChannelAdapterSpec(GenTcpStreamReceivingChannelAdapter adapter) {
		super(adapter);
	}

}
