package io.gentcp.transport;

/** How an attempt to connect ended. */
public sealed interface ConnectOutcome {

	/** The connection is established. */
	record Connected(Transport transport) implements ConnectOutcome {
	}

	/** The deadline passed, or the thread was interrupted. */
	record TimedOut() implements ConnectOutcome {
	}

	/** The host could be connected to, but there is no TLS with it; why, in words. */
	record HandshakeFailed(String reason) implements ConnectOutcome {
	}

	/** No address of the host could be connected to; the last one's reason. */
	record Failed(PosixError error) implements ConnectOutcome {
	}

}
