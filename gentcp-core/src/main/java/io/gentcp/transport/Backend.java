package io.gentcp.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Which of gen_tcp's engines carries a connection: {@code {inet_backend, ...}}.
 */
public enum Backend {

	/**
	 * What the kernel does not take is queued: a send returns when every byte is with the
	 * kernel or in the queue, and waits only for a queue that is too full.
	 */
	INET,

	/**
	 * Nothing is buffered in user space: a send returns when every byte is with the
	 * kernel, and at its timeout says exactly which bytes are not.
	 */
	SOCKET;

	/** Opens a transport over a connected channel: the only switch over backends. */
	static Transport open(SocketChannel channel, Wire wire, Poller poller, Engine engine, TransportOptions options)
			throws IOException {
		return switch (options.backend()) {
			case INET -> new InetTransport(channel, wire, poller, engine, options);
			case SOCKET -> new SocketTransport(channel, wire, poller, engine, options);
		};
	}

}
