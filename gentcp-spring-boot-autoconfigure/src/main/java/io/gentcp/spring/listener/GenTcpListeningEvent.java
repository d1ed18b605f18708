package io.gentcp.spring.listener;

import org.springframework.context.ApplicationEvent;

/**
 * A server listens: from now on its port is known and peers can connect. Published each
 * time a container starts, on the thread that starts it.
 */
public final class GenTcpListeningEvent extends ApplicationEvent {

	private final transient GenTcpListenerContainer container;

	public GenTcpListeningEvent(GenTcpListenerContainer container) {
		super(container);
		this.container = container;
	}

	/** Returns the container that listens. */
	public GenTcpListenerContainer container() {
		return this.container;
	}

}
