package io.gentcp.spring.integration;

import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.core.serializer.Deserializer;

/**
 * The adapters and gateways over clients and servers for the Java DSL of Spring
 * Integration: what {@code Tcp} is for spring-integration-ip.
 *
 * <pre>{@code
 * IntegrationFlow.from(GenTcpAdapters.inboundGateway(server).payloadType(PayloadType.TEXT))
 *     .transform(String.class, String::toUpperCase)
 *     .get();
 * }</pre>
 */
public final class GenTcpAdapters {

	private GenTcpAdapters() {
	}

	/** Returns an adapter for the packets of a server. */
	public static GenTcpInboundChannelAdapterSpec inboundAdapter(GenTcpListenerContainer server) {
		return new GenTcpInboundChannelAdapterSpec(new GenTcpReceivingChannelAdapter(server));
	}

	/**
	 * Returns an adapter for the packets of a client that no request asked for: beside
	 * {@link #outboundAdapter(GenTcpTemplate)}, all that come.
	 */
	public static GenTcpInboundChannelAdapterSpec inboundAdapter(GenTcpTemplate client) {
		return new GenTcpInboundChannelAdapterSpec(new GenTcpReceivingChannelAdapter(client));
	}

	/**
	 * Returns an adapter for what a deserializer makes of the raw connections of a
	 * server.
	 */
	public static GenTcpInboundStreamChannelAdapterSpec inboundAdapter(GenTcpListenerContainer server,
			Deserializer<?> deserializer) {
		return new GenTcpInboundStreamChannelAdapterSpec(new GenTcpStreamReceivingChannelAdapter(server, deserializer));
	}

	/** Returns a gateway for the packets of a server, and the replies to them. */
	public static GenTcpInboundGatewaySpec inboundGateway(GenTcpListenerContainer server) {
		return new GenTcpInboundGatewaySpec(new GenTcpInboundGateway(server));
	}

	/**
	 * Returns a gateway for the packets of a client that no request asked for, and the
	 * replies to them.
	 */
	public static GenTcpInboundGatewaySpec inboundGateway(GenTcpTemplate client) {
		return new GenTcpInboundGatewaySpec(new GenTcpInboundGateway(client));
	}

	/** Returns an adapter that sends packets as a client. */
	public static GenTcpOutboundChannelAdapterSpec outboundAdapter(GenTcpTemplate client) {
		return new GenTcpOutboundChannelAdapterSpec(new GenTcpSendingMessageHandler(client));
	}

	/**
	 * Returns an adapter that sends packets to the connections of a server: to the one
	 * that the message names in {@link GenTcpHeaders#CONNECTION_ID}.
	 */
	public static GenTcpOutboundChannelAdapterSpec outboundAdapter(GenTcpListenerContainer server) {
		return new GenTcpOutboundChannelAdapterSpec(new GenTcpSendingMessageHandler(server));
	}

	/** Returns a gateway for the requests of a client, and the replies to them. */
	public static GenTcpOutboundGatewaySpec outboundGateway(GenTcpTemplate client) {
		return new GenTcpOutboundGatewaySpec(new GenTcpOutboundGateway(client));
	}

}
