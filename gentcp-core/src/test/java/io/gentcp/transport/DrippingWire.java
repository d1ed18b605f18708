package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A wire that reads a few bytes at a time, and nothing every other time: however the peer
 * sends, its bytes arrive in pieces of one size.
 */
public final class DrippingWire implements OverPlainWire {

	private final Wire plain;

	private final int most;

	private boolean dry;

	public DrippingWire(SocketChannel channel, int most) {
		this.plain = new PlainWire(channel);
		this.most = most;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		this.dry = !this.dry;
		if (this.dry) {
			return 0;
		}
		ByteBuffer few = target.slice(target.position(), Math.min(this.most, target.remaining()));
		int count = this.plain.read(few);
		target.position(target.position() + Math.max(0, count));
		return count;
	}

	@Override
	public Wire plain() {
		return this.plain;
	}

}
