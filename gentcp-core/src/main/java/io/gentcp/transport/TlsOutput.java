package io.gentcp.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The sending half of a {@link TlsWire}: makes one record, hands it to the kernel, and
 * only then makes the next. So no more than one record was taken that is not with the
 * kernel; what is left of it is kept here, in an array of its size.
 * <p>
 * Used by the writer. A close or an alert of the reader's may come in between: one thread
 * at a time has the lock. Only a close waits for it, for one call that does not block,
 * because a stream of which everything is out must have its end.
 */
final class TlsOutput {

	private static final ByteBuffer NONE = ByteBuffer.allocate(0);

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final BufferPool buffers;

	private final ReentrantLock lock = new ReentrantLock();

	/** Whether nothing is taken any more. */
	private boolean closed;

	/** What of a record the kernel has not taken yet. */
	private ByteBuffer unsent = NONE;

	/** Whether the stream ends behind what was taken. */
	private volatile boolean ending;

	TlsOutput(SocketChannel channel, SSLEngine engine, BufferPool buffers) {
		this.channel = channel;
		this.engine = engine;
		this.buffers = buffers;
	}

	/** Takes plaintext as long as the kernel takes records; returns how much. */
	int write(ByteBuffer source) throws IOException {
		// Without a byte of plaintext there would be an empty record.
		if (!source.hasRemaining() || !begin()) {
			return 0;
		}
		try {
			return encrypt(source);
		}
		finally {
			this.lock.unlock();
		}
	}

	private int encrypt(ByteBuffer source) throws IOException {
		int before = source.position();
		ByteBuffer record = this.buffers.borrow();
		try {
			while (source.hasRemaining() && sendUnsent()) {
				wrap(source, record);
			}
			return source.position() - before;
		}
		finally {
			this.buffers.giveBack(record);
		}
	}

	/** Hands to the kernel what was made; returns whether that is all there is. */
	boolean flush() throws IOException {
		if (!begin()) {
			return false;
		}
		try {
			if (sendUnsent() && this.ending) {
				sendEnd();
			}
			return !this.unsent.hasRemaining();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends the stream behind what was taken, with the next flush: close_notify. */
	void end() {
		this.ending = true;
	}

	/**
	 * Makes a record of what the handshake has to say. It goes out with the next
	 * {@link #flush}, together with those made before it: without {@code nodelay} the
	 * kernel holds back the second of two small writes until the peer has acknowledged
	 * the first, which the peer puts off for 40 milliseconds.
	 */
	void handshake() throws IOException {
		ByteBuffer record = this.buffers.borrow();
		try {
			this.engine.wrap(NONE.duplicate(), record);
			this.unsent = ByteBuffer.allocate(this.unsent.remaining() + record.flip().remaining())
				.put(this.unsent)
				.put(record)
				.flip();
		}
		finally {
			this.buffers.giveBack(record);
		}
	}

	/** Tells the peer what the engine found wrong, if the kernel takes it now. */
	void alert() {
		if (!begin()) {
			return;
		}
		try {
			if (sendUnsent()) {
				wrapWhatIsPending();
			}
		}
		catch (IOException ex) {
			// It was worth a try: the connection fails for the first reason.
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the stream if nothing is in the way, and takes nothing any more. A record that
	 * is cut off must look like one, so then there is no close_notify.
	 */
	void close() throws IOException {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.closed = true;
				if (sendUnsent()) {
					sendEnd();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether the caller has the lock now: nobody else has, and it is open. */
	private boolean begin() {
		boolean begun = this.lock.tryLock();
		if (begun && this.closed) {
			this.lock.unlock();
			begun = false;
		}
		return begun;
	}

	private boolean sendUnsent() throws IOException {
		if (this.unsent.hasRemaining()) {
			this.channel.write(this.unsent);
			if (this.unsent.hasRemaining()) {
				return false;
			}
			this.unsent = NONE;
		}
		return true;
	}

	private void sendEnd() throws IOException {
		this.engine.closeOutbound();
		wrapWhatIsPending();
	}

	private void wrapWhatIsPending() throws IOException {
		ByteBuffer record = this.buffers.borrow();
		try {
			boolean more = !this.engine.isOutboundDone();
			while (more && !this.unsent.hasRemaining()) {
				SSLEngineResult result = this.engine.wrap(NONE.duplicate(), record.clear());
				send(record.flip());
				more = result.bytesProduced() > 0 && !this.engine.isOutboundDone();
			}
		}
		finally {
			this.buffers.giveBack(record);
		}
	}

	private void wrap(ByteBuffer source, ByteBuffer record) throws IOException {
		SSLEngineResult result = this.engine.wrap(source, record.clear());
		try {
			send(record.flip());
		}
		catch (IOException ex) {
			// Nobody has what was taken into this record.
			source.position(source.position() - result.bytesConsumed());
			throw ex;
		}
		if (source.hasRemaining() && result.bytesProduced() == 0) {
			throw new SSLException("TLS takes no more: " + result.getStatus());
		}
	}

	private void send(ByteBuffer record) throws IOException {
		if (record.hasRemaining()) {
			this.channel.write(record);
		}
		if (record.hasRemaining()) {
			this.unsent = ByteBuffer.allocate(record.remaining()).put(record).flip();
		}
	}

}
