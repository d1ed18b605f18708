package io.gentcp;

import java.net.SocketAddress;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link ListenSocket#accept}: one record per result of
 * {@code gen_tcp:accept/2}.
 */
public sealed interface AcceptResult {

	/** {@code {ok, Socket}}. */
	record Accepted(TcpSocket socket) implements AcceptResult {
	}

	/**
	 * {@code {error, {tls_alert, ...}}} of {@code ssl:handshake/2}: a peer connected, but
	 * there is no TLS with it. Its connection is closed; the listen socket stays usable.
	 *
	 * @param peer whose address this is
	 * @param reason why, in words
	 */
	record HandshakeFailed(SocketAddress peer, String reason) implements AcceptResult {
	}

	/**
	 * {@code {error, timeout}}: nobody connected in time, or the thread was interrupted.
	 * The listen socket stays usable.
	 */
	record TimedOut() implements AcceptResult {
	}

	/** {@code {error, closed}}: the listen socket is closed. */
	record Closed() implements AcceptResult {
	}

	/**
	 * {@code {error, Reason}}, {@code emfile} for example; the listen socket stays
	 * usable.
	 */
	record Failed(PosixError error) implements AcceptResult {
	}

}
