package io.gentcp.test;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The non-blocking channel of a connection, read by one thread and written by others. It
 * remembers how a write found the connection broken: Linux tells that only once, and lets
 * a read that comes later see an end of the stream that was never sent.
 * <p>
 * One lock is held while a read, a write or a close asks the kernel, none of which
 * blocks.
 */
final class Link {

	private final SocketChannel channel;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable IOException broken;

	Link(SocketChannel channel) {
		this.channel = channel;
	}

	void register(Selector selector, int operation) throws IOException {
		this.channel.register(selector, operation);
	}

	/**
	 * Reads what is there. Does not block.
	 * @return how many bytes, or -1 at the end of the stream
	 * @throws IOException if the connection is broken or closed
	 */
	int read(ByteBuffer buffer) throws IOException {
		this.lock.lock();
		try {
			int count = this.channel.read(buffer);
			if (count < 0 && this.broken != null) {
				throw new IOException(this.broken.getMessage(), this.broken);
			}
			return count;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Writes what the kernel has room for. Does not block.
	 * @return how many bytes
	 * @throws IOException if the connection is broken or closed
	 */
	int write(ByteBuffer buffer) throws IOException {
		this.lock.lock();
		try {
			return this.channel.write(buffer);
		}
		catch (ClosedChannelException ex) {
			throw ex;
		}
		catch (IOException ex) {
			this.broken = ex;
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
	}

	void halfClose() throws IOException {
		this.channel.shutdownOutput();
	}

	void resetOnClose() throws IOException {
		this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
	}

	/** Closes the channel; when it returns, the kernel has done so. */
	void close() throws IOException {
		this.lock.lock();
		try {
			this.channel.close();
		}
		finally {
			this.lock.unlock();
		}
	}

}
