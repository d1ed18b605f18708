package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A wire that reads a byte at a time, and nothing only when nothing has arrived: the
 * fastest way to receive bytes one by one.
 */
public final class SteppingWire implements OverPlainWire {

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
	public Wire plain() {
		return this.plain;
	}

}
