package io.gentcp.transport;

/** How a wait for a connection ended. */
public sealed interface AcceptOutcome {

	/** A peer has connected. */
	record Accepted(Transport transport) implements AcceptOutcome {
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
