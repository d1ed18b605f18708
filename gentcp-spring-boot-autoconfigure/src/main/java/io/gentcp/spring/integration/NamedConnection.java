package io.gentcp.spring.integration;

import java.nio.ByteBuffer;

import io.gentcp.spring.core.SocketClosedException;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * The connection of a server that a message is for.
 *
 * @param server which may have it
 */
record NamedConnection(GenTcpListenerContainer server) implements MessageHandler {

	@Override
	public void handleMessage(Message<?> message) {
		ByteBuffer packet = OutgoingPacket.of(message, this.server.settings().charset());
		String id = id(message);
		this.server.connections().find(id).orElseThrow(() -> gone(id)).send(packet);
	}

	private String id(Message<?> message) {
		if (message.getHeaders().get(GenTcpHeaders.CONNECTION_ID) instanceof String id) {
			return id;
		}
		throw new IllegalArgumentException(
				("%s: the message has no header %s, so nobody knows which connection it is for; nothing was sent. "
						+ "Keep the headers of the message that is replied to, or set it")
					.formatted(this.server, GenTcpHeaders.CONNECTION_ID));
	}

	private SocketClosedException gone(String id) {
		return new SocketClosedException(
				("%s: connection %s (header %s) is not open, or is not of this server; nothing was sent. "
						+ "Whoever is to get the message must connect again")
					.formatted(this.server, id, GenTcpHeaders.CONNECTION_ID),
				0, 0);
	}

}
