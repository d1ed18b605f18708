package io.gentcp.spring.listener;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.gentcp.transport.PosixError;

/** A server cannot listen on its address: the port is in use, for example. */
public final class GenTcpListenException extends RuntimeException {

	private final String server;

	private final transient SocketAddress address;

	private final PosixError error;

	public GenTcpListenException(String server, SocketAddress address, PosixError error) {
		super("GenTCP server %s cannot listen on %s: %s".formatted(server, text(address), error));
		this.server = server;
		this.address = address;
		this.error = error;
	}

	private static String text(SocketAddress address) {
		return (address instanceof InetSocketAddress host)
				? "%s port %d".formatted(host.getAddress().getHostAddress(), host.getPort()) : address.toString();
	}

	/** Returns what the server is called. */
	public String server() {
		return this.server;
	}

	/** Returns where it was to listen: an address and a port, or a path. */
	public SocketAddress address() {
		return this.address;
	}

	/** Returns Erlang's reason. */
	public PosixError error() {
		return this.error;
	}

}
