package io.gentcp;

/**
 * The outcome of {@link TcpSocket#controllingProcess}: one record per result of
 * {@code gen_tcp:controlling_process/2}.
 */
public sealed interface ControllingProcessResult {

	/**
	 * {@code ok}: the socket, and its messages nobody has received, have changed hands.
	 */
	record HandedOver() implements ControllingProcessResult {
	}

	/** {@code {error, not_owner}}: another process controls the socket. */
	record NotOwner() implements ControllingProcessResult {
	}

	/** {@code {error, closed}}: this side has closed the socket. */
	record Closed() implements ControllingProcessResult {
	}

}
