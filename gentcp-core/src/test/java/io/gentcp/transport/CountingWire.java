package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain TCP that counts the calls that write something. */
public final class CountingWire implements OverPlainWire {

	private final Wire plain;

	private final AtomicInteger writes;

	public CountingWire(SocketChannel channel, AtomicInteger writes) {
		this.plain = new PlainWire(channel);
		this.writes = writes;
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
	public Wire plain() {
		return this.plain;
	}

}
