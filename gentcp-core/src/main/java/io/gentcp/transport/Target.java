package io.gentcp.transport;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where a connection goes and what it is to be.
 *
 * @param host a name or a literal address
 * @param port the port, 1 to 65535
 * @param localAddress the address to connect from, or null for the system's choice
 * @param backend the engine that carries the connection
 * @param options what it asks of the operating system
 * @param waitBehindTorn whether writes wait behind a packet of which a part is out, and
 * are not refused
 */
public record Target(String host, int port, @Nullable InetSocketAddress localAddress, Backend backend,
		ChannelOptions options, boolean waitBehindTorn) {
}
