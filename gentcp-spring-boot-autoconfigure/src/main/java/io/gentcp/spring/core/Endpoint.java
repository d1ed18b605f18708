package io.gentcp.spring.core;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * Which client, and where it connects to: how every message begins.
 *
 * @param name what the client is called
 * @param address a host, whose name is looked up when it connects, and a port; or the
 * path of a local socket
 */
record Endpoint(String name, SocketAddress address) {

	Endpoint {
		if (name.isBlank()) {
			throw new IllegalArgumentException("name is blank; a client needs one");
		}
	}

	static Endpoint of(String name, String host, int port) {
		if (host.isBlank()) {
			throw new IllegalArgumentException(
					"host of client %s is blank; it must be a name or an address".formatted(name));
		}
		if (port < 1 || port > 0xffff) {
			throw new IllegalArgumentException("port of client %s is %d; it must be 1 to 65535".formatted(name, port));
		}
		return new Endpoint(name, InetSocketAddress.createUnresolved(host, port));
	}

	static Endpoint of(String name, Path path) {
		return new Endpoint(name, UnixDomainSocketAddress.of(path));
	}

	boolean isLocal() {
		return this.address instanceof UnixDomainSocketAddress;
	}

	/** Returns host and port, which a local socket has not. */
	InetSocketAddress host() {
		if (this.address instanceof InetSocketAddress host) {
			return host;
		}
		throw new IllegalStateException("%s connects to a path, and has no host and port".formatted(this));
	}

	@Override
	public String toString() {
		String where = (this.address instanceof InetSocketAddress host)
				? "%s:%d".formatted(host.getHostString(), host.getPort()) : this.address.toString();
		return "client %s (%s)".formatted(this.name, where);
	}

}
