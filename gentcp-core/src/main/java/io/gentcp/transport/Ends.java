package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The addresses of a connection, which stay known when it is closed.
 *
 * @param local ours
 * @param peer the peer's
 */
record Ends(SocketAddress local, SocketAddress peer) {

	static Ends of(SocketChannel channel) throws IOException {
		return new Ends(channel.getLocalAddress(), channel.getRemoteAddress());
	}

}
