package io.gentcp.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Opens the two kinds of channel. The receive buffer is set before the window it
 * determines is negotiated: before binding, and before connecting.
 */
final class Sockets {

	private Sockets() {
	}

	static ServerSocketChannel listen(PeerOptions options) throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		try {
			setReceiveBuffer(channel, options);
			return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()),
					options.backlog());
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	static SocketChannel connect(PeerOptions options, InetSocketAddress address, Duration timeout) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			setReceiveBuffer(channel, options);
			channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
			return channel;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private static void setReceiveBuffer(NetworkChannel channel, PeerOptions options) throws IOException {
		if (options.receiveBuffer() > 0) {
			channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
		}
	}

}
