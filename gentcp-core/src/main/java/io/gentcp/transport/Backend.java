package io.gentcp.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Which of gen_tcp's engines carries a connection: {@code {inet_backend, ...}}.
 */
public enum Backend {

	/**
	 * Nothing is buffered in user space: a send returns when every byte is with the
	 * kernel, and at its timeout says exactly which bytes are not.
	 */
	SOCKET;

	/** Opens a transport over a connected channel: the only switch over backends. */
	Transport open(SocketChannel channel, Poller poller, Engine engine, boolean waitBehindTorn) throws IOException {
		return switch (this) {
			case SOCKET -> new SocketTransport(channel, poller, engine, waitBehindTorn);
		};
	}

}
