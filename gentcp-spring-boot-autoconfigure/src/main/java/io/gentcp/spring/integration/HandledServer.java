package io.gentcp.spring.integration;

import java.nio.charset.Charset;
import java.util.function.Consumer;

import io.gentcp.spring.core.ConnectionHandler;
import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.listener.GenTcpListenerContainer;

/** A server, for the one endpoint that handles its packets or connections. */
final class HandledServer implements PacketOrigin {

	/**
	 * Just before the server: its packets find the endpoint started, and when the
	 * endpoint stops, every packet has been handled.
	 */
	static final int PHASE = GenTcpListenerContainer.PHASE - 1;

	private final GenTcpListenerContainer container;

	private final Object endpoint;

	private final Consumer<GenTcpListenerContainer> handle;

	private boolean handled;

	private HandledServer(GenTcpListenerContainer container, Object endpoint,
			Consumer<GenTcpListenerContainer> handle) {
		this.container = container;
		this.endpoint = endpoint;
		this.handle = handle;
	}

	/** A server whose endpoint handles packets. */
	static HandledServer packets(GenTcpListenerContainer container, PacketHandler endpoint) {
		return new HandledServer(container, endpoint, (server) -> server.setPacketHandler(endpoint));
	}

	/** A server whose endpoint handles whole connections. */
	static HandledServer connections(GenTcpListenerContainer container, ConnectionHandler endpoint) {
		return new HandledServer(container, endpoint, (server) -> server.setConnectionHandler(endpoint));
	}

	@Override
	public Charset charset() {
		return this.container.settings().charset();
	}

	@Override
	public void handle() {
		if (this.handled) {
			return;
		}
		if (this.container.hasHandler()) {
			throw new IllegalStateException(
					("somebody else handles the packets of %s; it can have one inbound adapter, inbound gateway or "
							+ "@GenTcpListener method. Give the other one a server of its own")
						.formatted(this.container));
		}
		this.handle.accept(this.container);
		this.handled = true;
	}

	@Override
	public void start() {
		handle();
		this.container.start();
	}

	@Override
	public void stop() {
		this.container.stop();
	}

	@Override
	public void stop(Runnable callback) {
		this.container.stop(callback);
	}

	@Override
	public void release() {
		this.container.removeHandler(this.endpoint);
		this.handled = false;
	}

}
