package io.gentcp.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing a peer does: a value, so that a fault can be declared, stored and repeated.
 * <p>
 * A connection's script performs its steps in order, on a thread of its own, each when
 * the one before it is done. A test may do any step itself with
 * {@link PeerConnection#perform}, at once and in its own thread. Either way a step has
 * the same effect.
 * <p>
 * Steps are immutable and may be shared by any number of connections.
 */
public sealed interface Step {

	/**
	 * A step that says how the connection reads from now on. It replaces the one before
	 * it, and stays in force while the steps after it are performed: a connection that
	 * reads all goes on reading while it sends.
	 */
	sealed interface Reading extends Step {

	}

	/**
	 * Reads exactly this many bytes more, then stalls. Done when they have come.
	 *
	 * @param count how many bytes, at least 1
	 */
	record Read(long count) implements Reading {

		public Read {
			requirePositive(count, "count");
		}

	}

	/**
	 * Reads whatever comes. Done at once.
	 */
	record ReadAll() implements Reading {

	}

	/**
	 * Reads nothing more. Done at once: when this step is done not one byte more leaves
	 * the kernel's receive buffer. A stalled connection sees neither the end of the
	 * stream nor a reset. Within TLS, a record is taken as a whole, for its first byte.
	 */
	record Stall() implements Reading {

	}

	/**
	 * Reads slowly: so many bytes, a pause, so many bytes. Done at once.
	 *
	 * @param count how many bytes at a time, at least 1
	 * @param pace how long to read nothing after them
	 */
	record Trickle(int count, Duration pace) implements Reading {

		public Trickle {
			requirePositive(count, "count");
			requireNotNegative(pace, "pace");
		}

	}

	/**
	 * Sends bytes, each piece with a write of its own. Done when this host's kernel has
	 * them all, which it may never have if the other side does not read.
	 *
	 * @param pieces what to send
	 * @param pace how long to wait between two pieces
	 */
	record Send(List<ByteBuffer> pieces, Duration pace) implements Step {

		public Send {
			pieces = pieces.stream().map(Send::copyOf).toList();
			requireNotNegative(pace, "pace");
		}

		/**
		 * Returns how many bytes all pieces have together.
		 * @return the size in bytes
		 */
		public long size() {
			return this.pieces.stream().mapToLong(ByteBuffer::remaining).sum();
		}

		/**
		 * Returns what to send.
		 * @return read-only views with positions of their own
		 */
		@Override
		public List<ByteBuffer> pieces() {
			return this.pieces.stream().map(ByteBuffer::duplicate).toList();
		}

		@Override
		public String toString() {
			return "Send[%d bytes in %d pieces]".formatted(size(), this.pieces.size());
		}

		private static ByteBuffer copyOf(ByteBuffer piece) {
			return ByteBuffer.allocate(piece.remaining()).put(piece.duplicate()).flip().asReadOnlyBuffer();
		}

	}

	/**
	 * Does nothing for a while; reading goes on as it was.
	 *
	 * @param duration how long
	 */
	record Pause(Duration duration) implements Step {

		public Pause {
			requireNotNegative(duration, "duration");
		}

	}

	/**
	 * Sends the end of the stream ({@code FIN}, within TLS {@code close_notify} before
	 * it) and goes on reading as it was.
	 */
	record HalfClose() implements Step {

	}

	/**
	 * Resets the connection ({@code RST}, by {@code SO_LINGER} 0). What this host's
	 * kernel has not yet transmitted is lost.
	 */
	record Reset() implements Step {

	}

	/**
	 * Closes the connection. As with any socket, the kernel sends a reset instead of the
	 * end of the stream if bytes lie unread in the receive buffer, as they do behind a
	 * {@link Stall}; do a {@link HalfClose} first if the other side must see the end.
	 */
	record Close() implements Step {

	}

	/**
	 * Reads exactly this many bytes more, then stalls.
	 * @param count how many bytes, at least 1
	 * @return the step
	 */
	static Step read(long count) {
		return new Read(count);
	}

	/**
	 * Reads whatever comes.
	 * @return the step
	 */
	static Step readAll() {
		return new ReadAll();
	}

	/**
	 * Reads nothing more.
	 * @return the step
	 */
	static Step stall() {
		return new Stall();
	}

	/**
	 * Reads slowly.
	 * @param count how many bytes at a time, at least 1
	 * @param pace how long to read nothing after them
	 * @return the step
	 */
	static Step trickle(int count, Duration pace) {
		return new Trickle(count, pace);
	}

	/**
	 * Sends these bytes with one write.
	 * @param bytes what to send; copied
	 * @return the step
	 */
	static Step send(byte[] bytes) {
		return new Send(List.of(ByteBuffer.wrap(bytes)), Duration.ZERO);
	}

	/**
	 * Sends these bytes in pieces of one size; the last may be shorter.
	 * @param bytes what to send; copied
	 * @param size the size of a piece, at least 1
	 * @param pace how long to wait between two pieces
	 * @return the step
	 */
	static Step sendInPieces(byte[] bytes, int size, Duration pace) {
		requirePositive(size, "size");
		List<ByteBuffer> pieces = new ArrayList<>();
		for (int start = 0; start < bytes.length; start += size) {
			pieces.add(ByteBuffer.wrap(bytes, start, Math.min(size, bytes.length - start)));
		}
		return new Send(pieces, pace);
	}

	/**
	 * Sends these bytes in two pieces. Only a pace that lets the other side read in
	 * between makes it likely to see two.
	 * @param bytes what to send; copied
	 * @param cut how many bytes the first piece has
	 * @param pace how long to wait between the two
	 * @return the step
	 */
	static Step sendCutAt(byte[] bytes, int cut, Duration pace) {
		return new Send(List.of(ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut)), pace);
	}

	/**
	 * Does nothing for a while.
	 * @param duration how long
	 * @return the step
	 */
	static Step pause(Duration duration) {
		return new Pause(duration);
	}

	/**
	 * Sends the end of the stream and goes on reading.
	 * @return the step
	 */
	static Step halfClose() {
		return new HalfClose();
	}

	/**
	 * Resets the connection.
	 * @return the step
	 */
	static Step reset() {
		return new Reset();
	}

	/**
	 * Closes the connection.
	 * @return the step
	 */
	static Step close() {
		return new Close();
	}

	private static void requirePositive(long value, String name) {
		if (value < 1) {
			throw new IllegalArgumentException(name + " must be at least 1, not " + value);
		}
	}

	private static void requireNotNegative(Duration value, String name) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, not " + value);
		}
	}

}
