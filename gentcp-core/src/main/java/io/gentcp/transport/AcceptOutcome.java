package io.gentcp.transport;

import java.net.SocketAddress;

/** How a wait for a connection ended. */
public sealed interface AcceptOutcome {

	/** A peer has connected. */
	record Accepted(Transport transport) implements AcceptOutcome {
	}

	/**
	 * A peer has connected, but there is no TLS with it; why, in words. The connection is
	 * closed, the listener stays usable.
	 */
	record HandshakeFailed(SocketAddress peer, String reason) implements AcceptOutcome {
	}

	/** The deadline passed, or the thread was interrupted; nothing is lost. */
	record TimedOut() implements AcceptOutcome {
	}

	/** The listener is closed. */
	record Closed() implements AcceptOutcome {
	}

	/** The system refuses a connection now; the listener stays usable. */
	record Failed(PosixError error) implements AcceptOutcome {
	}

}
