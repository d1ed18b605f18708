package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain TCP that counts the calls that write something. */
public final class CountingWire implements Wire {

	private final Wire plain;

	private final AtomicInteger writes;

	public CountingWire(SocketChannel channel, AtomicInteger writes) {
		this.plain = new PlainWire(channel);
		this.writes = writes;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		return this.plain.read(target);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		int count = this.plain.write(source);
		if (count > 0) {
			this.writes.incrementAndGet();
		}
		return count;
	}

	@Override
	public boolean flush() throws IOException {
		return this.plain.flush();
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.plain.shutdownOutput();
	}

	@Override
	public void shutdownInput() throws IOException {
		this.plain.shutdownInput();
	}

	@Override
	public void close() throws IOException {
		this.plain.close();
	}

}
