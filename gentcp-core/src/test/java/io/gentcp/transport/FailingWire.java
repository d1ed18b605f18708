package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain TCP whose writes fail from some call on as nothing of the network does. */
public final class FailingWire implements OverPlainWire {

	private final Wire plain;

	private final AtomicInteger writesLeft;

	public FailingWire(SocketChannel channel, AtomicInteger writesLeft) {
		this.plain = new PlainWire(channel);
		this.writesLeft = writesLeft;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		if (this.writesLeft.getAndDecrement() <= 0) {
			throw new OutOfMemoryError("there is no memory, says the test");
		}
		return this.plain.write(source);
	}

	@Override
	public Wire plain() {
		return this.plain;
	}

}
