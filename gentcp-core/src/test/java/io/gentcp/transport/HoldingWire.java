package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wire that holds bytes back, as one that encrypts does: it takes bytes into a record
 * first, which then may wait for the kernel. Behind a {@link Valve} it holds back as much
 * as a test wants; with records of one byte, a packet is cut at any byte.
 */
public final class HoldingWire implements Wire {

	private final SocketChannel channel;

	private final Valve valve;

	private final ByteBuffer record;

	public HoldingWire(SocketChannel channel, int recordSize, Valve valve) {
		this.channel = channel;
		this.valve = valve;
		this.record = ByteBuffer.allocateDirect(recordSize).limit(0);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		int taken = 0;
		while (source.hasRemaining() && flush() && this.valve.isOpen()) {
			int size = Math.min(source.remaining(), this.record.capacity());
			this.record.clear().put(source.slice(source.position(), size)).flip();
			source.position(source.position() + size);
			taken += size;
		}
		return taken;
	}

	@Override
	public boolean flush() throws IOException {
		int size = this.valve.most(this.record.remaining());
		ByteBuffer allowed = this.record.slice(this.record.position(), size);
		int written = this.channel.write(allowed);
		this.valve.passed(written);
		this.record.position(this.record.position() + written);
		return !this.record.hasRemaining();
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		return this.channel.read(target);
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public void shutdownInput() throws IOException {
		this.channel.shutdownInput();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	/** Lets a number of bytes through; while it is shut, the wire takes nothing. */
	public static final class Valve {

		private final AtomicLong allowance;

		private Valve(long allowance) {
			this.allowance = new AtomicLong(allowance);
		}

		public static Valve open() {
			return new Valve(Long.MAX_VALUE / 2);
		}

		public static Valve letting(long bytes) {
			return new Valve(bytes);
		}

		/** Lets that many bytes more through. */
		public void let(long bytes) {
			this.allowance.addAndGet(bytes);
		}

		boolean isOpen() {
			return this.allowance.get() > 0;
		}

		int most(int size) {
			return (int) Math.min(size, this.allowance.get());
		}

		void passed(int size) {
			this.allowance.addAndGet(-size);
		}

	}

}
