package io.gentcp.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A link within TLS. It takes one record at a time from the kernel, so that a peer that
 * stalls has taken no more than one that it has not read to its end.
 * <p>
 * One lock guards the engine and its buffers; nothing blocks while it is held, except the
 * handshake, at which nobody else has the link.
 */
final class TlsLink implements Link {

	/** Type, version and length. */
	private static final int HEADER = 5;

	private static final int LENGTH_AT = 3;

	private static final ByteBuffer NONE = ByteBuffer.allocate(0);

	private final PlainLink below;

	private final SSLEngine engine;

	private final ReentrantLock lock = new ReentrantLock();

	/** The record that is arriving. */
	private final ByteBuffer record = ByteBuffer.allocate(HEADER + 0xffff);

	/** What is decrypted and was not read yet. */
	private final ByteBuffer decrypted;

	/** The record that the kernel has not taken as a whole. */
	private final ByteBuffer unsent;

	/** Whether the other side has ended its stream with close_notify. */
	private boolean ended;

	private boolean reset;

	private TlsLink(PlainLink below, SSLEngine engine) {
		this.below = below;
		this.engine = engine;
		this.decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
		this.unsent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
	}

	/**
	 * Does the handshake. Blocks for it, ten seconds at most.
	 * @throws IOException if the two sides do not come to terms in time
	 */
	static TlsLink over(PlainLink below, SSLContext context, boolean client) throws IOException {
		SSLEngine engine = context.createSSLEngine();
		engine.setUseClientMode(client);
		TlsLink link = new TlsLink(below, engine);
		link.handshake(Deadline.after(ScriptedPeer.PATIENCE));
		return link;
	}

	private void handshake(Deadline deadline) throws IOException {
		try (Selector readable = Selector.open()) {
			this.below.register(readable, SelectionKey.OP_READ);
			this.engine.beginHandshake();
			boolean more = true;
			while (more) {
				more = advance(readable, deadline);
			}
		}
		catch (SSLException ex) {
			alert();
			throw ex;
		}
	}

	/** Does the next step of the handshake; returns whether there is one after it. */
	private boolean advance(Selector readable, Deadline deadline) throws IOException {
		switch (this.engine.getHandshakeStatus()) {
			case NEED_TASK -> {
				for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine
					.getDelegatedTask()) {
					task.run();
				}
			}
			case NEED_WRAP -> {
				wrap(NONE.duplicate());
				sendAtOnce();
			}
			case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
				if (!receive()) {
					await(readable, deadline);
				}
			}
			case FINISHED, NOT_HANDSHAKING -> {
				return false;
			}
		}
		return true;
	}

	private static void await(Selector readable, Deadline deadline) throws IOException {
		if (deadline.hasPassed()) {
			throw new IOException("the other side did not complete the handshake of TLS");
		}
		readable.select(deadline.remainingMillis());
		readable.selectedKeys().clear();
	}

	/** Tells the other side why there is no connection, if it can. */
	private void alert() {
		try {
			wrap(NONE.duplicate());
			sendAtOnce();
		}
		catch (IOException ex) {
			// The handshake has failed for another reason.
		}
	}

	@Override
	public void register(Selector selector, int operation) throws IOException {
		this.below.register(selector, operation);
	}

	@Override
	public int read(ByteBuffer buffer) throws IOException {
		this.lock.lock();
		try {
			while (!this.decrypted.hasRemaining()) {
				if (this.ended) {
					return -1;
				}
				if (!receive()) {
					return 0;
				}
			}
			int size = Math.min(this.decrypted.remaining(), buffer.remaining());
			buffer.put(this.decrypted.slice(this.decrypted.position(), size));
			this.decrypted.position(this.decrypted.position() + size);
			return size;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a record, for which nothing decrypted may be left; returns whether it did.
	 */
	private boolean receive() throws IOException {
		if (!fill(HEADER) || !fill(HEADER + Short.toUnsignedInt(this.record.getShort(LENGTH_AT)))) {
			return false;
		}
		try {
			SSLEngineResult result = this.engine.unwrap(this.record.flip(), this.decrypted.clear());
			switch (result.getStatus()) {
				case OK -> {
				}
				case CLOSED -> this.ended = true;
				case BUFFER_OVERFLOW, BUFFER_UNDERFLOW -> throw new SSLException("no record of TLS: " + result);
			}
			return true;
		}
		finally {
			this.decrypted.flip();
			this.record.clear();
		}
	}

	/** Returns whether so many bytes of the record are there. */
	private boolean fill(int size) throws IOException {
		while (this.record.position() < size) {
			int count = this.below.read(this.record.limit(size));
			if (count < 0) {
				throw new IOException("the stream ended without close_notify");
			}
			if (count == 0) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean holdsBytes() {
		this.lock.lock();
		try {
			return this.decrypted.hasRemaining();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean write(ByteBuffer buffer) throws IOException {
		this.lock.lock();
		try {
			boolean out = this.below.write(this.unsent);
			while (out && buffer.hasRemaining()) {
				wrap(buffer);
				out = this.below.write(this.unsent);
			}
			return out;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Makes the next record, for which none may be left. */
	private void wrap(ByteBuffer buffer) throws IOException {
		try {
			this.engine.wrap(buffer, this.unsent.clear());
		}
		finally {
			this.unsent.flip();
		}
	}

	@Override
	public void halfClose() throws IOException {
		this.lock.lock();
		try {
			sendEnd();
		}
		finally {
			this.lock.unlock();
		}
		this.below.halfClose();
	}

	private void sendEnd() throws IOException {
		if (!this.engine.isOutboundDone()) {
			sendAtOnce();
			this.engine.closeOutbound();
			wrap(NONE.duplicate());
			sendAtOnce();
		}
	}

	private void sendAtOnce() throws IOException {
		if (!this.below.write(this.unsent)) {
			throw new IOException("the kernel has no room for a record of TLS");
		}
	}

	@Override
	public void resetOnClose() throws IOException {
		this.lock.lock();
		try {
			this.reset = true;
			this.below.resetOnClose();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** With close_notify, unless a record that is cut off is in the way, or a reset. */
	@Override
	public void close() throws IOException {
		this.lock.lock();
		try {
			if (!this.reset) {
				sendEnd();
			}
		}
		catch (IOException ex) {
			// The connection is gone, or full, or closed already.
		}
		finally {
			this.lock.unlock();
			this.below.close();
		}
	}

}
