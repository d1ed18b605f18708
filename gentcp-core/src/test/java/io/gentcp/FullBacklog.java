package io.gentcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that accepts nobody and whose backlog is full: to connect takes for ever.
 */
final class FullBacklog implements AutoCloseable {

	private final ServerSocket listener;

	private final List<Socket> waiting = new ArrayList<>();

	FullBacklog() {
		try {
			this.listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
			while (connects()) {
				// One more takes a place.
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean connects() throws IOException {
		Socket socket = new Socket();
		this.waiting.add(socket);
		try {
			socket.connect(new InetSocketAddress("127.0.0.1", port()), 200);
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public void close() {
		try {
			for (Socket socket : this.waiting) {
				socket.close();
			}
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
