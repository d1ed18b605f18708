package io.gentcp.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How bytes reach the kernel and come from it, on one connection. Knows nothing of
 * packets; {@code io.gentcp} puts the two together. What differs between the backends is
 * how its methods do it. Any thread may call any method.
 */
public sealed interface Transport permits InetTransport, SocketTransport {

	/**
	 * Sends a small packet whose sender has to wait for nothing, if there is such a thing
	 * on this backend and now. Does not wait; on return the body is the caller's again.
	 * @return what became of it, or null: then it is to be begun as a write
	 */
	<B> @Nullable WriteOutcome offer(Packing<B> packing, B body);

	/**
	 * The calling thread has received a packet.
	 * @param moreAtHand whether it has bytes of a further one: then what it sends may
	 * wait until it looks for more, and calls {@link #pull}
	 */
	void received(boolean moreAtHand);

	/** Brings out what waits for further packets. Does not wait. */
	void pull();

	/**
	 * Begins to bring a write out, behind all that began before. Does not wait; on return
	 * the sender may not have to {@link Write#isHeld wait} any more. Every write that was
	 * begun is to be {@link #await awaited} or withdrawn; until it is awaited it may stay
	 * for others, if the calling thread has {@link #received} bytes of a further packet.
	 */
	void begin(Write write);

	/**
	 * Begins to bring a packet out in the same way. If nothing else is in line, and all
	 * of it is out at once, it is not made a write of its own.
	 * @return the write to be {@link #await awaited}
	 */
	<B> Write begin(Packing<B> packing, B body);

	/**
	 * Waits until the sender of a write that was begun may go on, at the latest at the
	 * deadline. An interrupt has the effect of the deadline and leaves the interrupt flag
	 * set. Call it once for each write.
	 */
	WriteOutcome await(Write write, Deadline deadline);

	/**
	 * Has something done when a write is out or has ended otherwise, or now if it has. It
	 * runs under the lock of the queue, so it must be brief and must not call back.
	 */
	void whenSettled(Write write, Runnable action);

	/**
	 * Takes a write back if nothing of its packet is out and nothing is about to be; it
	 * then is settled as timed out.
	 * @return whether it was taken back
	 */
	boolean withdraw(Write write);

	/**
	 * Gives up the rest of a packet of which a part is out, so that other bytes may
	 * follow that part. Does nothing if there is none.
	 */
	void mend();

	/** Returns where the arriving bytes are read. */
	Input input();

	/**
	 * Ends our half of the stream, behind what is queued. Writes that have no place in
	 * the queue are settled as closed. Does not wait.
	 */
	void shutdownOutput();

	/**
	 * Closes the connection, behind what is queued. Waiting threads are woken, writes
	 * that are not queued are settled as closed. Does not wait. Closing again does
	 * nothing.
	 */
	void close();

	/**
	 * Waits until a connection that was closed has let go of what is queued, for as long
	 * as close does. An interrupt ends the wait and leaves the interrupt flag set.
	 */
	void awaitClosed();

	/** Waits for the same in another time. */
	void awaitClosed(Duration timeout);

	/** Closes the connection and forgets what is queued. Does not wait. */
	void abort();

	/**
	 * Does the same unless this side has closed the connection: then what is queued still
	 * goes out.
	 * @return whether it was open
	 */
	boolean abortIfOpen();

	/** Returns whether this side has not closed the connection. */
	boolean isOpen();

	/**
	 * Sets options of the live connection; what it is made of stays.
	 * @throws IOException if it refuses one, or the connection is closed
	 */
	void configure(TransportOptions options) throws IOException;

	/** Returns the packets that got a place in line, whatever became of them. */
	PacketCount.Snapshot sent();

	/** Returns how many bytes are out. */
	long bytesOut();

	/** Returns what is not out though no sender waits for it. */
	PendingOutput pending();

	/**
	 * Asks the kernel for an option.
	 * @param otherwise the value if the kind of connection does not know it
	 * @throws IOException if the connection is closed
	 */
	Object option(SocketOption<?> option, Object otherwise) throws IOException;

	/** Returns what was agreed on, if the connection is encrypted. */
	Optional<TlsSession> tlsSession();

	/** Returns our address. */
	SocketAddress localAddress();

	/** Returns the peer's address. */
	SocketAddress peerAddress();

}
