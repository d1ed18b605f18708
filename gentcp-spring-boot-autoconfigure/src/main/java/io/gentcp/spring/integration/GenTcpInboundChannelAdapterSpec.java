package io.gentcp.spring.integration;

import org.springframework.integration.dsl.MessageProducerSpec;

/** A {@link GenTcpReceivingChannelAdapter} in the making. */
public final class GenTcpInboundChannelAdapterSpec
		extends MessageProducerSpec<GenTcpInboundChannelAdapterSpec, GenTcpReceivingChannelAdapter> {

	private final GenTcpReceivingChannelAdapter adapter;

	GenTcpInboundChannelAdapterSpec(GenTcpReceivingChannelAdapter adapter) {
		super(adapter);
		this.adapter = adapter;
	}

	/** What is made of a packet of bytes; by default a {@code byte[]}. */
	public GenTcpInboundChannelAdapterSpec payloadType(PayloadType payloadType) {
		this.adapter.setPayloadType(payloadType);
		return this;
	}

}
