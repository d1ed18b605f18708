package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain TCP whose calls fail from some call on as nothing of the network does. */
public final class FailingWire implements OverPlainWire {

	private final Wire plain;

	private final AtomicInteger readsLeft;

	private final AtomicInteger writesLeft;

	public FailingWire(SocketChannel channel, AtomicInteger readsLeft, AtomicInteger writesLeft) {
		this.plain = new PlainWire(channel);
		this.readsLeft = readsLeft;
		this.writesLeft = writesLeft;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		failAfter(this.readsLeft);
		return this.plain.read(target);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		failAfter(this.writesLeft);
		return this.plain.write(source);
	}

	private static void failAfter(AtomicInteger callsLeft) {
		if (callsLeft.getAndDecrement() <= 0) {
			throw new OutOfMemoryError("there is no memory, says the test");
		}
	}

	@Override
	public Wire plain() {
		return this.plain;
	}

}
