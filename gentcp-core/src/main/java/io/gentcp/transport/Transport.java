package io.gentcp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * How bytes reach the kernel and come from it, on one connection. Knows nothing of
 * packets; {@code io.gentcp} puts the two together. What differs between the backends is
 * how its methods do it. Any thread may call any method.
 */
public sealed interface Transport permits SocketTransport {

	/**
	 * Begins to bring a write out, behind all that began before. Does not wait; the write
	 * may be {@link Write#isSettled settled} on return. Every write that was begun is to
	 * be {@link #await awaited} or withdrawn.
	 */
	void begin(Write write);

	/**
	 * Waits until a write that was begun is settled, at the latest at the deadline. An
	 * interrupt has the effect of the deadline and leaves the interrupt flag set. Call it
	 * once for each write.
	 */
	WriteOutcome await(Write write, Deadline deadline);

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

	/** Reads what has arrived, without waiting. At most one thread at a time reads. */
	ReadOutcome read(ByteBuffer target);

	/**
	 * Returns whether {@link #read} has found the end of the stream, or this side has
	 * ended it: nothing is to be received any more, whatever came before.
	 */
	boolean isInputEnded();

	/**
	 * Waits until {@link #read} may find something: bytes, the end of the stream or an
	 * error. At most one thread at a time waits.
	 * @return false if the deadline passed first, or the thread was interrupted, whose
	 * flag then is still set
	 */
	boolean awaitReadable(Deadline deadline);

	/** Lends a direct buffer; for the time of a read, never while waiting. */
	ByteBuffer borrowBuffer();

	/** Takes back what {@link #borrowBuffer} lent. */
	void giveBack(ByteBuffer buffer);

	/** Ends our half of the stream; writes that wait are settled as closed. */
	void shutdownOutput();

	/**
	 * Ends the peer's half of the stream for us; a thread that waits to read is woken.
	 */
	void shutdownInput();

	/**
	 * Closes the connection. Waiting threads are woken, writes are settled as closed.
	 * Closing again does nothing.
	 */
	void close();

	/** Returns whether this side has not closed the connection. */
	boolean isOpen();

	/**
	 * Sets options of the operating system.
	 * @throws IOException if it refuses one, or the connection is closed
	 */
	void configure(ChannelOptions options) throws IOException;

	/** Returns our address. */
	InetSocketAddress localAddress();

	/** Returns the peer's address. */
	InetSocketAddress peerAddress();

}
