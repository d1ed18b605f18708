package io.gentcp.spring.integration;

import java.nio.charset.Charset;

import io.gentcp.spring.core.PacketHandler;
import io.gentcp.spring.listener.GenTcpListenerContainer;

/**
 * A server, for the endpoint that handles its packets and starts and stops it. The
 * lifecycle lock of the endpoint guards its state.
 */
final class HandledServer {

	/**
	 * Just before the server: its packets find the endpoint started, and when the
	 * endpoint stops, every packet has been handled.
	 */
	static final int PHASE = GenTcpListenerContainer.PHASE - 1;

	private final GenTcpListenerContainer container;

	private final PacketHandler endpoint;

	private boolean handled;

	HandledServer(GenTcpListenerContainer container, PacketHandler endpoint) {
		this.container = container;
		this.endpoint = endpoint;
	}

	Charset charset() {
		return this.container.settings().charset();
	}

	/**
	 * Has its packets handled by the endpoint.
	 * @throws IllegalStateException if somebody else does already
	 */
	void handle() {
		if (this.handled) {
			return;
		}
		if (this.container.hasHandler()) {
			throw new IllegalStateException(
					("somebody else handles the packets of %s; it can have one inbound adapter, inbound gateway or "
							+ "@GenTcpListener method. Give the other one a server of its own")
						.formatted(this.container));
		}
		this.container.setPacketHandler(this.endpoint);
		this.handled = true;
	}

	/** Listens, unless it does already. */
	void start() {
		handle();
		this.container.start();
	}

	/** Stops, and waits for packets that are being handled. */
	void stop() {
		this.container.stop();
	}

	/** Stops without waiting; the callback runs when packets have been handled. */
	void stop(Runnable callback) {
		this.container.stop(callback);
	}

}
