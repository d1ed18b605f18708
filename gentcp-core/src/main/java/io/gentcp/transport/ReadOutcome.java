package io.gentcp.transport;

import java.io.IOException;

/** What one look at the arriving bytes found. */
public sealed interface ReadOutcome {

	/** Bytes were put into the buffer. */
	record Bytes() implements ReadOutcome {

		static final Bytes INSTANCE = new Bytes();

	}

	/** Nothing is there now. */
	record Nothing() implements ReadOutcome {

		static final Nothing INSTANCE = new Nothing();

	}

	/** The peer has ended its half of the stream: nothing more will come. */
	record Ended() implements ReadOutcome {

		static final Ended INSTANCE = new Ended();

	}

	/** Nothing is read any more: this side has closed it, or its end was told before. */
	record Closed() implements ReadOutcome {

		static final Closed INSTANCE = new Closed();

	}

	/**
	 * Reading failed, with {@code econnreset} for example; nothing more will come.
	 *
	 * @param detail what was wrong, in words
	 */
	record Failed(PosixError error, String detail) implements ReadOutcome {

		static Failed of(IOException failure) {
			PosixError error = PosixError.of(failure);
			return new Failed(error,
					(error == PosixError.TLS_ALERT) ? error + ": " + failure.getMessage() : error.toString());
		}
	}

}
