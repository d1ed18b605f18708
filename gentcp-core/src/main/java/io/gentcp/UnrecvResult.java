package io.gentcp;

/**
 * The outcome of {@link TcpSocket#unrecv}: one record per result of
 * {@code gen_tcp:unrecv/2}.
 */
public sealed interface UnrecvResult {

	/** {@code ok}: the bytes are the next to be received. */
	record Unreceived() implements UnrecvResult {

		static final Unreceived INSTANCE = new Unreceived();

	}

	/**
	 * {@code {error, closed}}: the stream has ended or this side is closed; nothing is to
	 * be received any more. Erlang says {@code enotconn} if it was the peer who ended it.
	 */
	record Closed() implements UnrecvResult {

		static final Closed INSTANCE = new Closed();

	}

	/**
	 * {@code {error, ealready}}: packets are being delivered by this very call, or the
	 * thread was interrupted while it waited for another that receives.
	 */
	record Busy() implements UnrecvResult {

		static final Busy INSTANCE = new Busy();

	}

}
