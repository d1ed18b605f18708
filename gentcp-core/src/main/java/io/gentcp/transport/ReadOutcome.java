package io.gentcp.transport;

/** What one look at the arriving bytes found. */
public sealed interface ReadOutcome {

	/** Bytes were put into the buffer. */
	record Bytes(int count) implements ReadOutcome {
	}

	/** Nothing is there now. */
	record Nothing() implements ReadOutcome {

		static final Nothing INSTANCE = new Nothing();

	}

	/**
	 * Nothing will come any more: the peer ended its half of the stream or reset the
	 * connection, or this side closed it.
	 */
	record Closed() implements ReadOutcome {

		static final Closed INSTANCE = new Closed();

	}

	/** Reading failed. */
	record Failed(PosixError error) implements ReadOutcome {
	}

}
