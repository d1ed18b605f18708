package io.gentcp.spring.integration;

import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * An outbound channel adapter: each message becomes a packet, of a client to its peer or
 * of a server to the connection that the message names in
 * {@link GenTcpHeaders#CONNECTION_ID}. The counterpart of spring-integration-ip's
 * {@code TcpSendingMessageHandler}.
 * <p>
 * Waits until the packet is out or, on the inet backend, queued; at the latest until the
 * send timeout. Messages that one thread sends go out in this order. A packet that is not
 * out is a {@link org.springframework.messaging.MessageHandlingException} whose cause is
 * a {@link GenTcpException}: {@link GenTcpException#nothingSent()} says whether sending
 * the message again is safe. Nothing is ever sent again by itself. Mirrors
 * {@code gen_tcp:send/2}.
 */
public final class GenTcpSendingMessageHandler extends AbstractMessageHandler {

	private final MessageHandler destination;

	/** An adapter that sends as a client, which connects when need be. */
	public GenTcpSendingMessageHandler(GenTcpTemplate client) {
		this.destination = (message) -> client.send(OutgoingPacket.of(message, client.settings().charset()));
	}

	/**
	 * An adapter that sends to connections of a server: replies that take their time, and
	 * packets that nobody asked for. A message that names none, or one that is no longer
	 * open, is refused with nothing sent.
	 */
	public GenTcpSendingMessageHandler(GenTcpListenerContainer server) {
		this.destination = new NamedConnection(server);
	}

	@Override
	public String getComponentType() {
		return "gentcp:outbound-channel-adapter";
	}

	@Override
	protected void handleMessageInternal(Message<?> message) {
		this.destination.handleMessage(message);
	}

}
