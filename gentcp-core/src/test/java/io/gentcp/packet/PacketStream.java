package io.gentcp.packet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;

/**
 * The bytes of some packets, and what to send of them at once.
 *
 * @param question the type and the limits with which they are received
 * @param pieces the sizes of the pieces
 */
record PacketStream(DecodeQuestion question, List<Integer> pieces) {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * Sends the bytes to whoever listens there, and returns when that has closed the
	 * connection. It may do so at a packet that it does not like.
	 */
	void sendTo(int port) throws IOException {
		try (Socket socket = new Socket()) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			if (isSent(socket)) {
				awaitEnd(socket);
			}
		}
	}

	private boolean isSent(Socket socket) {
		try {
			OutputStream out = socket.getOutputStream();
			int at = 0;
			for (int size : this.pieces) {
				out.write(this.question.bytes(), at, size);
				at += size;
			}
			socket.shutdownOutput();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void awaitEnd(Socket socket) throws IOException {
		try {
			if (socket.getInputStream().read() >= 0) {
				throw new AssertionError("the receiver sends something");
			}
		}
		catch (SocketException ex) {
			// Reset: it closed with bytes unread.
		}
	}

	/** The row of vectors that it would be, and how it is cut. */
	@Override
	public String toString() {
		return "%s in pieces of %s".formatted(this.question.row("\"?\""), this.pieces);
	}

}
