package io.gentcp.transport;

/** How writes end that cannot be sent any more. */
enum WriteEnd {

	/** The connection is closed, shut down or broken. */
	CLOSED,

	/** The peer has reset the connection. */
	RESET,

	/** Sending failed in a way that has no reason of its own. */
	FAILED;

	WriteOutcome of(Write write) {
		return of(write.bytesOut());
	}

	WriteOutcome of(long bytesOut) {
		return switch (this) {
			case CLOSED -> new WriteOutcome.Closed(bytesOut);
			case RESET -> new WriteOutcome.Failed(PosixError.ECONNRESET, bytesOut);
			case FAILED -> new WriteOutcome.Failed(PosixError.EIO, bytesOut);
		};
	}

}
