package io.gentcp.transport;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where to connect to, and how.
 *
 * @param host a host name or a literal address
 * @param port the port of the peer
 * @param localAddress where to connect from, or null for the system's choice
 * @param options what the connection is made of
 */
public record Target(String host, int port, @Nullable InetSocketAddress localAddress, TransportOptions options) {
}
