package io.gentcp.benchmarks.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A peer that reads whatever comes, and allocates nothing while it does. */
final class Drain implements AutoCloseable {

	private final ServerSocketChannel listening;

	private final AtomicLong received = new AtomicLong();

	private Drain(ServerSocketChannel listening) {
		this.listening = listening;
	}

	/** Listens, and drains the first connection on a thread of its own. */
	static Drain listening() throws IOException {
		Drain drain = new Drain(
				ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
		Thread.ofPlatform().daemon().name("drain").start(drain::run);
		return drain;
	}

	int port() throws IOException {
		return ((InetSocketAddress) this.listening.getLocalAddress()).getPort();
	}

	long received() {
		return this.received.get();
	}

	private void run() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
		try (SocketChannel channel = this.listening.accept()) {
			for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
				this.received.addAndGet(count);
			}
		}
		catch (IOException ex) {
			// The benchmark is over.
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

}
