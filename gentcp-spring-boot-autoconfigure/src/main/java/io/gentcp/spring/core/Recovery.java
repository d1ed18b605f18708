package io.gentcp.spring.core;

/**
 * What a client or a server does when a send times out with a part of the packet out: the
 * property {@code recovery}. With nothing out there is nothing to recover: the packet is
 * taken back and, unless recovery is {@link #CLOSE}, the connection stays as it was.
 */
public enum Recovery {

	/**
	 * A background thread completes the packet; the next packet waits behind it. After
	 * the recovery timeout the connection is closed.
	 */
	RESUME,

	/**
	 * The exception carries the rest, and the caller resumes it; until then other packets
	 * are refused.
	 */
	MANUAL,

	/** The connection is closed, as {@code send_timeout_close} does. */
	CLOSE

}
