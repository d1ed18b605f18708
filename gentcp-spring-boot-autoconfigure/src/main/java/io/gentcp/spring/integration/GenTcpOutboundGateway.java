package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import io.gentcp.spring.core.GenTcpException;
import io.gentcp.spring.core.GenTcpTemplate;

import org.springframework.integration.handler.AbstractReplyProducingMessageHandler;
import org.springframework.messaging.Message;

/**
 * An outbound gateway: each message is a request of a client, and the reply a message
 * with the same headers. The counterpart of spring-integration-ip's
 * {@code TcpOutboundGateway}; but requests share the connection without waiting for each
 * other's replies, which must come in the order of the requests.
 * <p>
 * Waits for the reply, up to the reply timeout of the client. {@link #setAsync Async}, it
 * does not: a virtual thread waits for each request, and the reply goes on in the flow on
 * that thread. Then requests of one thread may overtake each other on their way to the
 * connection; each still gets its own reply.
 * <p>
 * A request without a reply is a
 * {@link org.springframework.messaging.MessageHandlingException} whose cause is a
 * {@link GenTcpException}: {@link GenTcpException#nothingSent()} says whether sending it
 * again is safe. Async, the error channel of the message gets it. Nothing is ever sent
 * again by itself.
 */
public final class GenTcpOutboundGateway extends AbstractReplyProducingMessageHandler {

	private final GenTcpTemplate client;

	private PayloadType payloadType = PayloadType.BYTES;

	/** A gateway for the requests of a client, which connects when need be. */
	public GenTcpOutboundGateway(GenTcpTemplate client) {
		this.client = client;
	}

	/** What is made of the reply; by default a {@code byte[]}. */
	public void setPayloadType(PayloadType payloadType) {
		this.payloadType = payloadType;
	}

	@Override
	public String getComponentType() {
		return "gentcp:outbound-gateway";
	}

	@Override
	protected Object handleRequestMessage(Message<?> message) {
		ByteBuffer request = OutgoingPacket.of(message, this.client.settings().charset());
		return isAsync() ? later(request) : exchange(request);
	}

	private CompletableFuture<Object> later(ByteBuffer request) {
		CompletableFuture<Object> reply = new CompletableFuture<>();
		Thread.ofVirtual().name("gentcp-%s-request".formatted(this.client.name())).start(() -> {
			try {
				reply.complete(exchange(request));
			}
			catch (Throwable ex) {
				reply.completeExceptionally(ex);
			}
		});
		return reply;
	}

	private Object exchange(ByteBuffer request) {
		ByteBuffer reply = this.client.sendAndReceive(request);
		byte[] packet = new byte[reply.remaining()];
		reply.get(packet);
		return this.payloadType.of(packet, this.client.settings().charset());
	}

}
