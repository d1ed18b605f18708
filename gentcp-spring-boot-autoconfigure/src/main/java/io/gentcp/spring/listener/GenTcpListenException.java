package io.gentcp.spring.listener;

import java.net.InetSocketAddress;

import io.gentcp.transport.PosixError;

/** A server cannot listen on its address: the port is in use, for example. */
public final class GenTcpListenException extends RuntimeException {

	private final String server;

	private final transient InetSocketAddress address;

	private final PosixError error;

	public GenTcpListenException(String server, InetSocketAddress address, PosixError error) {
		super("GenTCP server %s cannot listen on %s port %d: %s".formatted(server,
				address.getAddress().getHostAddress(), address.getPort(), error));
		this.server = server;
		this.address = address;
		this.error = error;
	}

	/** Returns what the server is called. */
	public String server() {
		return this.server;
	}

	/** Returns where it was to listen. */
	public InetSocketAddress address() {
		return this.address;
	}

	/** Returns Erlang's reason. */
	public PosixError error() {
		return this.error;
	}

}
