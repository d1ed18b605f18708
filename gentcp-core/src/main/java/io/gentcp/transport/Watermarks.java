package io.gentcp.transport;

/**
 * How much the inet backend queues of what the kernel does not take.
 *
 * @param high at this many queued bytes or more a sender waits
 * @param low at this many queued bytes or fewer it waits no longer
 * @param maxPending the most bytes that are queued, 0 for no limit
 */
public record Watermarks(int high, int low, long maxPending) {

	/** Erlang's. */
	public static final Watermarks DEFAULTS = new Watermarks(8192, 4096, 0);

}
