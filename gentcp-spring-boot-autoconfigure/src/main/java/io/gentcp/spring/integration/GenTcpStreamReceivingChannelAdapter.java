package io.gentcp.spring.integration;

import java.io.IOException;
import java.io.PushbackInputStream;

import io.gentcp.spring.core.ConnectionEnd;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.listener.GenTcpListenerContainer;

import org.springframework.core.serializer.Deserializer;
import org.springframework.integration.endpoint.MessageProducerSupport;

/**
 * An inbound channel adapter for streams: a {@link Deserializer} reads the raw
 * connections of a server, and each object that it makes becomes a message, with the
 * {@link GenTcpHeaders headers} of its connection. For framings that are no packet type,
 * and deserializers which are there already.
 * <p>
 * The deserializer runs on the virtual thread of the connection and may block. It is
 * asked when there is a byte for it, so an end of the stream is always one within an
 * object; whatever it throws is logged, and the connection closed. The flow runs on that
 * thread as well, as far as its channels are direct; if it throws, the error channel gets
 * the failure and the connection goes on; without one, the connection is closed.
 * <p>
 * It is the one that handles the connections of its server, and starts and stops the
 * server. When it stops, the streams end; objects that are being made or handled have up
 * to the server's stop timeout.
 */
public final class GenTcpStreamReceivingChannelAdapter extends MessageProducerSupport {

	private final HandledServer server;

	private final Deserializer<?> deserializer;

	/**
	 * An adapter for the connections of a server, which has nobody else for them.
	 * @param deserializer is used by the threads of all connections at once
	 * @throws IllegalArgumentException if the packet type of the server is not raw
	 */
	public GenTcpStreamReceivingChannelAdapter(GenTcpListenerContainer server, Deserializer<?> deserializer) {
		String packet = server.settings().options().packet().name();
		if (server.settings().options().packet().isFramed()) {
			throw new IllegalArgumentException(
					"%s has packet %s; a deserializer reads what is raw: set packet to raw".formatted(server, packet));
		}
		this.server = HandledServer.connections(server, this::receiveAll);
		this.deserializer = deserializer;
		setPhase(HandledServer.PHASE);
	}

	@Override
	public String getComponentType() {
		return "gentcp:inbound-stream-channel-adapter";
	}

	@Override
	protected void onInit() {
		super.onInit();
		if (isAutoStartup()) {
			// A server starts with its context if it is handled by then.
			this.server.handle();
		}
	}

	@Override
	protected void doStart() {
		super.doStart();
		this.server.start();
	}

	@Override
	protected void doStop() {
		this.server.stop();
		super.doStop();
	}

	@Override
	protected void doStop(Runnable callback) {
		this.server.stop(callback);
	}

	@Override
	public void destroy() {
		this.server.stop();
		this.server.release();
		super.destroy();
	}

	private void receiveAll(GenTcpConnection connection) throws IOException {
		PushbackInputStream stream = new PushbackInputStream(new TcpSocketInputStream(connection.socket()));
		while (hasMore(stream, connection)) {
			IncomingPacket incoming = new IncomingPacket(this.deserializer.deserialize(stream), connection);
			sendMessage(incoming.toMessage(getMessageBuilderFactory()));
		}
	}

	/** Waits for the next byte, or the end of the stream. */
	private boolean hasMore(PushbackInputStream stream, GenTcpConnection connection) throws IOException {
		// One that the flow has left behind is not for the next object.
		Thread.interrupted();
		int first;
		try {
			first = stream.read();
		}
		catch (IOException ex) {
			logger.debug(ex, () -> "%s broke between two objects".formatted(connection));
			connection.end(ConnectionEnd.BY_PEER);
			return false;
		}
		if (first >= 0) {
			stream.unread(first);
		}
		return first >= 0;
	}

}
