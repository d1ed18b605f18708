package io.gentcp;

import io.gentcp.transport.PosixError;

/**
 * The outcome of {@link TcpSocket#send}: one record per result of {@code gen_tcp:send/2},
 * and one more, {@link Refused}, where Erlang would corrupt the stream.
 * <p>
 * <em>Out</em> means taken by this host's kernel. The peer gets exactly these bytes if
 * the connection lives; if it closes, nobody knows how many of them it got.
 */
public sealed interface SendResult {

	/** What a packet that is queued can come to: it has no timeout any more. */
	sealed interface Ended extends SendResult {

	}

	/**
	 * {@code ok}: every byte of the packet is out or, on the inet backend, queued. What
	 * is queued goes out by itself; if the connection breaks before, the next send says
	 * so.
	 */
	record Sent() implements Ended {

		static final Sent INSTANCE = new Sent();

	}

	/**
	 * {@code {error, timeout}}: the send timeout passed, and because of
	 * {@code send_timeout_close} the connection is closed.
	 *
	 * @param bytesOut how many bytes of the packet were out by then
	 */
	record TimedOut(long bytesOut) implements SendResult {
	}

	/**
	 * {@code {error, timeout}} of the inet backend: the send timeout passed, or the
	 * thread was interrupted, while the queue was above its low watermark. The packet is
	 * queued all the same and goes out by itself, so sending it again would duplicate it.
	 */
	record TimedOutQueued(QueuedPacket packet) implements SendResult {
	}

	/**
	 * Nothing of the packet is out or queued: with it, the queue of the inet backend
	 * would be larger than {@code max_pending}. Send it again when the peer has taken
	 * some of what is queued. Erlang has no such result, its queue has no bound.
	 *
	 * @param pending how many bytes are queued
	 * @param maxPending how many may be
	 */
	record QueueFull(long pending, long maxPending) implements SendResult {

		/** Says what is in the way and how to mend it. */
		@Override
		public String toString() {
			return ("refused: %d bytes are queued, and with this packet there would be more than max_pending, %d; "
					+ "wait until the peer takes some, or allow more")
				.formatted(this.pending, this.maxPending);
		}

	}

	/**
	 * {@code {error, {timeout, RestData}}}: the send timeout passed, or the thread was
	 * interrupted. With a part of the packet out, {@link TcpSocket#resume resume} the
	 * rest or close. With nothing out the packet was taken back and the connection is as
	 * it was: the rest is the whole packet, to be resumed, sent again or forgotten.
	 */
	record TimedOutWithRest(RestData rest) implements SendResult {
	}

	/**
	 * Nothing of this packet is out, because of another packet only a part is: a packet
	 * written now would end up inside that one. {@link TcpSocket#resume Resume} its rest,
	 * close, or set {@code packet} to raw; then send again. Erlang has no such result,
	 * its socket backend writes on.
	 *
	 * @param partialBytesOut how many bytes of the partial packet are out
	 * @param partialSize the size of the partial packet with its header, in bytes
	 */
	record Refused(long partialBytesOut, long partialSize) implements SendResult {

		/** Says what is in the way and how to mend it. */
		@Override
		public String toString() {
			return ("refused: of an earlier packet %d of %d bytes are out; resume its rest, close, "
					+ "or set packet to raw before sending another packet")
				.formatted(this.partialBytesOut, this.partialSize);
		}

	}

	/**
	 * {@code {error, closed}}: the connection was closed or shut down by either side, or
	 * is broken.
	 *
	 * @param bytesOut how many bytes of the packet were out by then; with 0 it is safe to
	 * send it on another connection
	 */
	record Closed(long bytesOut) implements Ended {
	}

	/**
	 * {@code {error, Reason}} with any other reason.
	 *
	 * @param bytesOut how many bytes of the packet were out by then
	 */
	record Failed(PosixError error, long bytesOut) implements Ended {
	}

}
