package io.gentcp.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;

import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;

/**
 * Where to connect to, and how.
 *
 * @param address a host and port, whose name may be unresolved, or the path of a local
 * socket
 * @param localAddress where to connect from, or null for the system's choice
 * @param family the addresses of the host that are tried, or null for all
 * @param options what the connection is made of
 * @param tls how it is encrypted, or null if it is not
 */
public record Target(SocketAddress address, @Nullable InetSocketAddress localAddress,
		@Nullable StandardProtocolFamily family, TransportOptions options, @Nullable TlsOptions tls) {

	public Target {
		if (!(address instanceof InetSocketAddress || address instanceof UnixDomainSocketAddress)) {
			throw new IllegalArgumentException(
					"address is %s; it must be a host and port or the path of a local socket".formatted(address));
		}
	}

	/** Makes the engine of this side of a connection. */
	SSLEngine engine(TlsOptions tls) throws HandshakeFailedException {
		return (this.address instanceof InetSocketAddress host) ? tls.clientEngine(host.getHostString(), host.getPort())
				: tls.clientEngine(null, -1);
	}

}
