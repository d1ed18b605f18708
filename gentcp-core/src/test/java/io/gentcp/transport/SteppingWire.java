package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A wire that reads a byte at a time, and nothing only when nothing has arrived: the
 * fastest way to receive bytes one by one.
 */
public final class SteppingWire implements Wire {

	private final Wire plain;

	private final ByteBuffer arrived = ByteBuffer.allocate(64 * 1024).limit(0);

	public SteppingWire(SocketChannel channel) {
		this.plain = new PlainWire(channel);
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		if (!this.arrived.hasRemaining()) {
			int count = this.plain.read(this.arrived.clear());
			this.arrived.flip();
			if (count <= 0) {
				return count;
			}
		}
		target.put(this.arrived.get());
		return 1;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.plain.write(source);
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
