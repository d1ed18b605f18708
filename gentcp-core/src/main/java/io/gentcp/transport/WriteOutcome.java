package io.gentcp.transport;

/** What became of a {@link Write} by the time its sender goes on. */
public sealed interface WriteOutcome {

	/** Every byte is out. */
	record Written() implements WriteOutcome {

		static final Written INSTANCE = new Written();

	}

	/** Some bytes are not out; they are queued, and go out in the background. */
	record Queued() implements WriteOutcome {

		static final Queued INSTANCE = new Queued();

	}

	/**
	 * The deadline passed, or the sender was interrupted, while the queue was too full.
	 * The write stays queued all the same.
	 */
	record StillQueued(Write write) implements WriteOutcome {
	}

	/**
	 * Nothing of the write is out or queued: with it more would be queued than may be.
	 *
	 * @param pending how many bytes are queued
	 * @param maxPending how many may be
	 */
	record QueueFull(long pending, long maxPending) implements WriteOutcome {
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
