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
 * The non-blocking channel of a connection. It remembers how a write found the connection
 * broken: Linux tells that only once, and lets a read that comes later see an end of the
 * stream that was never sent.
 * <p>
 * One lock is held while a read, a write or a close asks the kernel, none of which
 * blocks.
 */
final class PlainLink implements Link {

	private final SocketChannel channel;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable IOException broken;

	PlainLink(SocketChannel channel) {
		this.channel = channel;
	}

	@Override
	public void register(Selector selector, int operation) throws IOException {
		this.channel.register(selector, operation);
	}

	@Override
	public int read(ByteBuffer buffer) throws IOException {
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

	@Override
	public boolean holdsBytes() {
		return false;
	}

	@Override
	public boolean write(ByteBuffer buffer) throws IOException {
		this.lock.lock();
		try {
			this.channel.write(buffer);
			return !buffer.hasRemaining();
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

	@Override
	public void halfClose() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public void resetOnClose() throws IOException {
		this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
	}

	@Override
	public void close() throws IOException {
		this.lock.lock();
		try {
			this.channel.close();
		}
		finally {
			this.lock.unlock();
		}
	}

}
