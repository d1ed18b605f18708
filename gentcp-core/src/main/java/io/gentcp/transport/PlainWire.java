package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Plain TCP: what is taken is with the kernel at once, so there is nothing to flush. */
record PlainWire(SocketChannel channel) implements Wire {

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.channel.write(source);
	}

	@Override
	public boolean gathers() {
		return true;
	}

	@Override
	public long gather(ByteBuffer[] sources) throws IOException {
		return this.channel.write(sources);
	}

	@Override
	public boolean flush() {
		return true;
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

}
