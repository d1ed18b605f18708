package io.gentcp.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A plain NIO client with a small send buffer that sends until the peer takes no more.
 */
final class Sender implements AutoCloseable {

	private final SocketChannel channel = SocketChannel.open();

	private final Selector selector = Selector.open();

	Sender(InetSocketAddress address) throws IOException {
		this.channel.setOption(StandardSocketOptions.SO_SNDBUF, 8 * 1024);
		this.channel.connect(address);
		this.channel.configureBlocking(false);
		this.channel.register(this.selector, SelectionKey.OP_WRITE);
	}

	/** Returns how many bytes went out until, for this long, not one more did. */
	long sendUntilStuck(Duration quiet) throws IOException {
		long sent = 0;
		while (this.selector.select(quiet.toMillis()) > 0) {
			this.selector.selectedKeys().clear();
			sent += this.channel.write(ByteBuffer.allocate(1024));
		}
		return sent;
	}

	/** Sends exactly this many bytes, waiting for the peer as long as it takes. */
	void send(int count) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(count);
		while (bytes.hasRemaining()) {
			this.channel.write(bytes);
			this.selector.select();
			this.selector.selectedKeys().clear();
		}
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		this.channel.close();
	}

}
