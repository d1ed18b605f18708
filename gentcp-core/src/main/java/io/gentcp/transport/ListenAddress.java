package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param address a local address and port, 0 for any that is free, or the path of a local
 * socket
 * @param family the kind of address, or null for whatever the address is; the address
 * that stands for all is of both kinds then
 */
public record ListenAddress(SocketAddress address, @Nullable StandardProtocolFamily family) {

	ServerSocketChannel open() throws IOException {
		if (this.address instanceof UnixDomainSocketAddress) {
			return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		}
		return (this.family != null) ? ServerSocketChannel.open(this.family) : ServerSocketChannel.open();
	}

}
