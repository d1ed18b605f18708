package io.gentcp.spring.integration;

import java.nio.ByteBuffer;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.endpoint.MessageProducerSupport;

/**
 * An inbound channel adapter: each packet that a server receives becomes a message, or
 * each packet of a client that no request asked for, with the {@link GenTcpHeaders
 * headers} of its connection. The counterpart of spring-integration-ip's class of a
 * similar name.
 * <p>
 * The flow runs on the virtual thread that brings the packets of the connection, as far
 * as its channels are direct, and the next packet of this connection is not handled
 * before it is done: order is kept, and a flow that is slow holds up the peer. If the
 * flow throws, the error channel gets the failure and the connection goes on; without
 * one, the connection is closed, as that of a {@code @GenTcpListener} method is.
 * <p>
 * It is the one that handles the packets of its server, and starts and stops the server.
 * Stopping waits for the packets that are being handled, up to the server's stop timeout.
 * A client is started but not stopped, for others may send with it: what comes before the
 * adapter is started waits, what comes after it was stopped is dropped.
 */
public final class GenTcpReceivingChannelAdapter extends MessageProducerSupport {

	private final PacketOrigin origin;

	private PayloadType payloadType = PayloadType.BYTES;

	/** An adapter for the packets of a server, which has nobody else for them. */
	public GenTcpReceivingChannelAdapter(GenTcpListenerContainer server) {
		this.origin = HandledServer.packets(server, this::received);
		setPhase(HandledServer.PHASE);
	}

	/**
	 * An adapter for the packets of a client that no request asked for; with no outbound
	 * gateway beside it, these are all. A client connects when it has something to send,
	 * unless it is kept connected.
	 */
	public GenTcpReceivingChannelAdapter(GenTcpTemplate client) {
		this.origin = new HandledClient(client, this::received);
	}

	/** What is made of a packet of bytes; by default a {@code byte[]}. */
	public void setPayloadType(PayloadType payloadType) {
		this.payloadType = payloadType;
	}

	@Override
	public String getComponentType() {
		return "gentcp:inbound-channel-adapter";
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
		this.origin.stop(callback);
	}

	@Override
	public void destroy() {
		// Started or not: nobody is to wait for it.
		this.origin.stop();
		this.origin.release();
		super.destroy();
	}

	private @Nullable ByteBuffer received(Packet packet, GenTcpConnection connection) {
		IncomingPacket incoming = IncomingPacket.of(packet, connection, this.payloadType, this.origin.charset());
		sendMessage(incoming.toMessage(getMessageBuilderFactory()));
		return null;
	}

}
