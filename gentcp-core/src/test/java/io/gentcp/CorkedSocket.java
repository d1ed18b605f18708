package io.gentcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A TCP connection below TLS that holds records back, so that they arrive together, and
 * that stays open when the stream within it ends.
 */
final class CorkedSocket extends Socket {

	private final ByteArrayOutputStream held = new ByteArrayOutputStream();

	private boolean corked;

	CorkedSocket(int port) throws IOException {
		super(InetAddress.getLoopbackAddress(), port);
	}

	/** From now on what is written is held back. */
	void cork() {
		this.corked = true;
	}

	/** Sends what was held back in one write. */
	void uncork() throws IOException {
		this.corked = false;
		super.getOutputStream().write(this.held.toByteArray());
		this.held.reset();
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		OutputStream network = super.getOutputStream();
		return new OutputStream() {
			@Override
			public void write(int b) throws IOException {
				(CorkedSocket.this.corked ? CorkedSocket.this.held : network).write(b);
			}

			@Override
			public void write(byte[] bytes, int from, int length) throws IOException {
				(CorkedSocket.this.corked ? CorkedSocket.this.held : network).write(bytes, from, length);
			}
		};
	}

	@Override
	public void shutdownOutput() {
		// TLS has said what it has to say; the other side is to notice without this.
	}

}
