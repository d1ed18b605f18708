package io.gentcp.spring.integration;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;

import org.springframework.integration.support.AbstractIntegrationMessageBuilder;
import org.springframework.integration.support.MessageBuilderFactory;
import org.springframework.messaging.Message;

/**
 * A packet that came in, and where it came from.
 *
 * @param payload what was made of it
 */
record IncomingPacket(Object payload, GenTcpConnection connection) {

	static IncomingPacket of(Packet packet, GenTcpConnection connection, PayloadType type, Charset charset) {
		return new IncomingPacket(type.of(packet, charset), connection);
	}

	/** Returns a message with the {@link GenTcpHeaders headers} of its connection. */
	Message<?> toMessage(MessageBuilderFactory messages) {
		AbstractIntegrationMessageBuilder<?> message = messages.withPayload(this.payload)
			.setHeader(GenTcpHeaders.CONNECTION_ID, this.connection.id())
			.setHeader(GenTcpHeaders.NAME, this.connection.name());
		if (this.connection.socket().peerAddress() instanceof InetSocketAddress peer) {
			InetAddress address = peer.getAddress();
			message.setHeader(GenTcpHeaders.HOSTNAME, peer.getHostString())
				.setHeader(GenTcpHeaders.IP_ADDRESS, address.getHostAddress())
				.setHeader(GenTcpHeaders.REMOTE_PORT, peer.getPort());
		}
		return message.build();
	}

}
