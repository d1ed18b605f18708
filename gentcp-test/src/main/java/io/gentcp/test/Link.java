package io.gentcp.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;

/**
 * How a connection reaches the kernel: as it is, or within TLS. Its bytes are those
 * before encryption. Nothing here blocks; one thread reads, and others write.
 */
interface Link {

	/** Lets this selector know when the kernel has bytes, or room. */
	void register(Selector selector, int operation) throws IOException;

	/**
	 * Reads what is there.
	 * @return how many bytes, or -1 at the end of the stream
	 * @throws IOException if the connection is broken or closed
	 */
	int read(ByteBuffer buffer) throws IOException;

	/**
	 * Returns whether a read has something of which the kernel knows nothing any more.
	 */
	boolean holdsBytes();

	/**
	 * Writes what the kernel has room for.
	 * @return whether the kernel has all of it; otherwise write the rest when there is
	 * room, and if nothing is left, nothing
	 * @throws IOException if the connection is broken or closed
	 */
	boolean write(ByteBuffer buffer) throws IOException;

	/** Sends the end of the stream. */
	void halfClose() throws IOException;

	/** Has the close reset the connection. */
	void resetOnClose() throws IOException;

	/** Closes the channel; when it returns, the kernel has done so. */
	void close() throws IOException;

}
