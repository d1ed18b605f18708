package io.gentcp.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

import javax.net.ssl.SSLException;

/**
 * TLS: takes plaintext into one record after the other, and gives the plaintext of the
 * records that arrive. It begins when the {@link TlsHandshake} is over.
 * <p>
 * Its two halves share nothing but the engine, which allows a wrap and an unwrap at once.
 * While nothing is on its way, neither holds a buffer.
 */
final class TlsWire implements Wire {

	private final SocketChannel channel;

	private final TlsInput input;

	private final TlsOutput output;

	private final TlsSession session;

	TlsWire(SocketChannel channel, TlsInput input, TlsOutput output, TlsSession session) {
		this.channel = channel;
		this.input = input;
		this.output = output;
		this.session = session;
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.output.write(source);
	}

	@Override
	public boolean flush() throws IOException {
		return this.output.flush();
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		try {
			return this.input.read(target);
		}
		catch (SSLException ex) {
			// The engine has an alert for the peer, which may tell it what is wrong.
			this.output.alert();
			throw ex;
		}
	}

	@Override
	public boolean hasMore() {
		return this.input.hasMore();
	}

	@Override
	public void end() {
		this.output.end();
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
		try {
			// A reset says nothing else, least of all that the stream ended well.
			if (this.channel.getOption(StandardSocketOptions.SO_LINGER) != 0) {
				this.output.close();
				this.input.discard();
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			// The connection is gone, or closed already.
		}
		finally {
			this.channel.close();
		}
	}

	@Override
	public Optional<TlsSession> tlsSession() {
		return Optional.of(this.session);
	}

}
