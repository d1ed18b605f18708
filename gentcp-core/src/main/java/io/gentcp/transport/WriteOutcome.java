package io.gentcp.transport;

/** How a {@link Write} ended. */
public sealed interface WriteOutcome {

	/** Every byte is out. */
	record Written() implements WriteOutcome {

		static final Written INSTANCE = new Written();

	}

	/**
	 * The deadline passed, or the sender was interrupted, before every byte was out.
	 *
	 * @param rest the bytes that are not out, ready to be resumed
	 */
	record TimedOut(Write rest) implements WriteOutcome {
	}

	/**
	 * Nothing of the write is out, because the rest of a torn one has to go first.
	 *
	 * @param tornBytesOut how much of the torn packet is out
	 * @param tornSize the size of the torn packet
	 */
	record Refused(long tornBytesOut, long tornSize) implements WriteOutcome {
	}

	/**
	 * The connection was closed, by either side, or broke.
	 *
	 * @param bytesOut how much of the packet was out by then; whether the peer has it
	 * nobody knows
	 */
	record Closed(long bytesOut) implements WriteOutcome {
	}

	/**
	 * The write failed for a reason of its own.
	 *
	 * @param bytesOut how much of the packet was out by then
	 */
	record Failed(PosixError error, long bytesOut) implements WriteOutcome {
	}

}
