package io.gentcp;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link GenTcp#connect}: one record per result of
 * {@code gen_tcp:connect/4}.
 */
public sealed interface ConnectResult {

	/** {@code {ok, Socket}}. */
	record Connected(TcpSocket socket) implements ConnectResult {
	}

	/** {@code {error, timeout}}: the timeout passed, or the thread was interrupted. */
	record TimedOut() implements ConnectResult {
	}

	/**
	 * {@code {error, {tls_alert, ...}}} of {@code ssl:connect/4}: a host answered, but
	 * there is no TLS with it.
	 *
	 * @param reason why, in words
	 */
	record HandshakeFailed(String reason) implements ConnectResult {
	}

	/** {@code {error, Reason}}: the reason of the last address that was tried. */
	record Failed(PosixError error) implements ConnectResult {
	}

}
