package io.gentcp.spring.integration;

import java.nio.ByteBuffer;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.gateway.MessagingGatewaySupport;
import org.springframework.messaging.Message;

/**
 * An inbound gateway: each packet that a server receives becomes a message, or each
 * packet of a client that no request asked for, with the {@link GenTcpHeaders headers} of
 * its connection; and what the flow replies goes back to this connection as a packet. The
 * counterpart of spring-integration-ip's {@code TcpInboundGateway}.
 * <p>
 * The virtual thread that brings the packets of the connection waits for the reply, up to
 * the reply timeout, before it takes the next packet: replies go out in the order of the
 * requests. A request without a reply is no failure, unless {@link #setErrorOnTimeout}
 * makes it one. If the flow throws, what the error channel replies goes back; without an
 * error channel, the connection is closed, as that of a {@code @GenTcpListener} method
 * is.
 * <p>
 * It is the one that handles the packets of its server, and starts and stops the server.
 * Stopping waits for the replies that are outstanding, up to the server's stop timeout. A
 * client is started but not stopped, for others may send with it: what comes before the
 * gateway is started waits, what comes after it was stopped is dropped.
 */
public final class GenTcpInboundGateway extends MessagingGatewaySupport {

	/** After the endpoints of its flow, and before they stop. */
	private static final int CLIENT_PHASE = Integer.MAX_VALUE / 2;

	private final PacketOrigin origin;

	private PayloadType payloadType = PayloadType.BYTES;

	/** A gateway for the packets of a server, which has nobody else for them. */
	public GenTcpInboundGateway(GenTcpListenerContainer server) {
		this.origin = HandledServer.packets(server, this::received);
		setPhase(HandledServer.PHASE);
	}

	/**
	 * A gateway for the packets of a client that no request asked for: for peers that
	 * ask, though they are connected to. The client had better be kept connected.
	 */
	public GenTcpInboundGateway(GenTcpTemplate client) {
		this.origin = new HandledClient(client, this::received);
		setPhase(CLIENT_PHASE);
	}

	/** What is made of a packet of bytes; by default a {@code byte[]}. */
	public void setPayloadType(PayloadType payloadType) {
		this.payloadType = payloadType;
	}

	@Override
	public String getComponentType() {
		return "gentcp:inbound-gateway";
	}

	@Override
	protected void onInit() {
		super.onInit();
		if (isAutoStartup()) {
			// A server starts with its context if it is handled by then, a client may.
			this.origin.handle();
		}
	}

	@Override
	protected void doStart() {
		super.doStart();
		this.origin.start();
	}

	@Override
	protected void doStop() {
		this.origin.stop();
		super.doStop();
	}

	@Override
	protected void doStop(Runnable callback) {
		this.origin.stop(() -> {
			// Not before: replies come over a channel that it watches until then.
			super.doStop();
			callback.run();
		});
	}

	@Override
	public void destroy() {
		// Started or not: nobody is to wait for it.
		this.origin.stop();
		this.origin.release();
		super.destroy();
	}

	private @Nullable ByteBuffer received(Packet packet, GenTcpConnection connection) {
		IncomingPacket request = IncomingPacket.of(packet, connection, this.payloadType, this.origin.charset());
		Message<?> reply = sendAndReceiveMessage(request.toMessage(getMessageBuilderFactory()));
		return (reply != null) ? OutgoingPacket.of(reply, this.origin.charset()) : null;
	}

}
