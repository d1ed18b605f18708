package io.gentcp.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The beginning of a TLS connection. It runs on the thread that waits for it, the
 * engine's tasks as well, and never on a poller; that thread parks while the peer has to
 * answer. Used once.
 */
final class TlsHandshake {

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final TlsInput input;

	private final TlsOutput output;

	private final ChannelWait channelWait;

	TlsHandshake(SocketChannel channel, SSLEngine engine, BufferPool buffers, ChannelWait channelWait) {
		this.channel = channel;
		this.engine = engine;
		this.input = new TlsInput(channel, engine, buffers);
		this.output = new TlsOutput(channel, engine, buffers);
		this.channelWait = channelWait;
	}

	/**
	 * Makes the wire of a connected channel.
	 * @throws HandshakeFailedException if the two sides do not come to terms, with the
	 * reason in words
	 * @throws TimeoutException if the deadline passed, or the thread was interrupted,
	 * whose flag then is still set
	 * @throws CancellationException if the wait was closed
	 */
	Wire run(Deadline deadline) throws HandshakeFailedException, TimeoutException {
		if (Poller.isCurrentThread()) {
			throw new TimeoutException("a poller waits for nobody");
		}
		try {
			this.engine.beginHandshake();
			boolean more = true;
			while (more) {
				more = advance(deadline);
			}
			return new TlsWire(this.channel, this.input, this.output, TlsSession.of(this.engine));
		}
		catch (HandshakeFailedException ex) {
			throw ex;
		}
		catch (EOFException ex) {
			throw new HandshakeFailedException("the peer closed the connection before the handshake was done", ex);
		}
		catch (IOException ex) {
			this.output.alert();
			throw HandshakeFailedException.of(reason(ex));
		}
		catch (CancellationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// A trust or key manager of the application's, most likely.
			throw HandshakeFailedException.of(ex);
		}
	}

	/** A write finds the connection broken; what was read before it may say why. */
	private IOException reason(IOException failure) {
		if (failure instanceof SSLException) {
			return failure;
		}
		try {
			boolean more = true;
			while (more) {
				more = this.input.handshake();
			}
			return failure;
		}
		catch (SSLException ex) {
			return ex;
		}
		catch (IOException ex) {
			return failure;
		}
	}

	/** Does the next step; returns whether there is one after it. */
	private boolean advance(Deadline deadline) throws IOException, TimeoutException {
		switch (this.engine.getHandshakeStatus()) {
			case NEED_TASK -> {
				for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine
					.getDelegatedTask()) {
					task.run();
				}
			}
			case NEED_WRAP -> this.output.handshake();
			case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
				if (!this.input.handshake()) {
					flush(deadline);
					this.channelWait.await(SelectionKey.OP_READ, deadline);
				}
			}
			case FINISHED, NOT_HANDSHAKING -> {
				flush(deadline);
				return false;
			}
		}
		return true;
	}

	/** Sends what was made, before it is the peer's turn. */
	private void flush(Deadline deadline) throws IOException, TimeoutException {
		while (!this.output.flush()) {
			this.channelWait.await(SelectionKey.OP_WRITE, deadline);
		}
	}

}
