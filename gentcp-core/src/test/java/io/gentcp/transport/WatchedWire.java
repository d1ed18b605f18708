package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** Plain TCP that tells which thread reads something. */
public final class WatchedWire implements OverPlainWire {

	private final Wire plain;

	private final Consumer<Thread> readers;

	public WatchedWire(SocketChannel channel, Consumer<Thread> readers) {
		this.plain = new PlainWire(channel);
		this.readers = readers;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		int count = this.plain.read(target);
		if (count > 0) {
			this.readers.accept(Thread.currentThread());
		}
		return count;
	}

	@Override
	public Wire plain() {
		return this.plain;
	}

}
