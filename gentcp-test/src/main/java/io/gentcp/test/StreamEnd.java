package io.gentcp.test;

/**
 * How the stream of bytes that a peer receives came to its end, as far as the peer has
 * read. A peer that is stalled learns of nothing: it says {@link Open} until it reads.
 */
public sealed interface StreamEnd {

	/**
	 * The stream has not ended.
	 */
	record Open() implements StreamEnd {

	}

	/**
	 * The other side closed its stream ({@code FIN}, within TLS {@code close_notify}),
	 * and everything before it was read.
	 */
	record EndOfStream() implements StreamEnd {

	}

	/**
	 * The connection broke, as a rule because the other side reset it; within TLS also
	 * because it ended without {@code close_notify}.
	 *
	 * @param reason the operating system's words, or those of TLS
	 */
	record Reset(String reason) implements StreamEnd {

	}

	/**
	 * The peer itself closed or reset the connection before the stream ended.
	 */
	record Closed() implements StreamEnd {

	}

}
