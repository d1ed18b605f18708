package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The last step before the kernel: takes plaintext bytes and gives plaintext bytes, and
 * never blocks. Plain TCP hands them to the channel as they are; a wire that encrypts
 * turns them into records first. The layers above count only what {@link #write} took,
 * and so do not know which wire they use.
 * <p>
 * At most one thread writes and one thread reads at a time; {@link #close} may come from
 * any thread at any time.
 */
public interface Wire {

	/**
	 * Takes what it can of the bytes between position and limit; what it took counts as
	 * out. Takes nothing while earlier bytes are not {@link #flush flushed}.
	 * @return the number of bytes taken, 0 if the kernel takes none now
	 * @throws IOException if the connection is broken
	 */
	int write(ByteBuffer source) throws IOException;

	/**
	 * Returns whether it can {@link #gather}; otherwise what is to be written is copied
	 * into one buffer first.
	 */
	default boolean gathers() {
		return false;
	}

	/**
	 * Has the kernel take what it can of several buffers, one behind the other and from
	 * where they are. Only if it {@link #gathers}; then nothing is to be flushed.
	 * @return the number of bytes taken, 0 if the kernel takes none now
	 * @throws IOException if the connection is broken; then none are taken
	 */
	default long gather(ByteBuffer[] sources) throws IOException {
		throw new UnsupportedOperationException("this wire takes one buffer at a time");
	}

	/**
	 * Hands bytes that were taken, but not yet accepted by the kernel, to the kernel.
	 * They always go before anything else.
	 * @return whether the kernel now has every byte that was taken
	 * @throws IOException if the connection is broken
	 */
	boolean flush() throws IOException;

	/**
	 * Reads what has arrived. What is left in the wire then is told by an event of the
	 * channel, or by {@link #hasMore}.
	 * @return the number of bytes put into the buffer, 0 if none are there now, -1 at the
	 * end of the stream
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer target) throws IOException;

	/**
	 * Returns whether the wire has taken something from the channel that the next read
	 * gives or tells, and so no event will: bytes, the end of the stream or an error. For
	 * the reader, after a read.
	 */
	default boolean hasMore() {
		return false;
	}

	/**
	 * Ends our half of the stream for a wire that has something to say then, behind the
	 * bytes before it; {@link #flush} brings that out. For the writer, before
	 * {@link #shutdownOutput}, or before a close that is to be told from a cut.
	 */
	default void end() {
	}

	/** Ends our half of the stream: the peer reads its end after the bytes before it. */
	void shutdownOutput() throws IOException;

	/** Ends the peer's half of the stream for us: nothing more is read. */
	void shutdownInput() throws IOException;

	/** Closes the connection. */
	void close() throws IOException;

	/** Returns what was agreed on, if the wire encrypts. */
	default Optional<TlsSession> tlsSession() {
		return Optional.empty();
	}

}
