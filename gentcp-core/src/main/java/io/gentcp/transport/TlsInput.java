package io.gentcp.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a {@link TlsWire}: reads records and decrypts them straight into
 * the reader's buffer. Only a record that has not arrived as a whole is kept here.
 * <p>
 * A read that leaves room in the reader's buffer has decrypted every whole record. What
 * it has found and not given, no event of the channel tells: {@link #hasMore} does. Used
 * by one thread at a time: the reader, and before there is one, the handshake.
 */
final class TlsInput {

	private static final ByteBuffer NONE = ByteBuffer.allocate(0);

	/** The type of a record, its first byte. */
	private static final byte ALERT = 21;

	/** The type of the record with which a connection begins. */
	private static final byte HANDSHAKE = 22;

	/** Type, version and length of a record. */
	private static final int HEADER = 5;

	private static final int LENGTH_AT = 3;

	/** Records of other implementations may be larger than ours, to this size. */
	private static final int LARGEST_RECORD = 33 * 1024;

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final BufferPool buffers;

	/** What has arrived and is not decrypted. */
	private ByteBuffer arrived = NONE;

	/** What is decrypted, but had no room. */
	private ByteBuffer decrypted = NONE;

	/** Whether the peer has ended its stream with close_notify. */
	private boolean ended;

	/** What is wrong with a record behind bytes that are given first. */
	private @Nullable SSLException failure;

	TlsInput(SocketChannel channel, SSLEngine engine, BufferPool buffers) {
		this.channel = channel;
		this.engine = engine;
		this.buffers = buffers;
	}

	/**
	 * Reads and decrypts what is there.
	 * @return the number of bytes, 0 if there are none now, -1 if the peer has ended its
	 * stream
	 * @throws SSLException if the peer has not ended its stream, but its connection; or
	 * if what it sent is not to be had. What came before is given first.
	 */
	int read(ByteBuffer target) throws IOException {
		if (this.failure != null) {
			throw this.failure;
		}
		int before = target.position();
		try {
			return readRecords(target);
		}
		catch (SSLException ex) {
			int count = target.position() - before;
			if (count == 0) {
				throw ex;
			}
			this.failure = ex;
			return count;
		}
	}

	private int readRecords(ByteBuffer target) throws IOException {
		int before = target.position();
		moveDecrypted(target);
		if (this.arrived.hasRemaining()) {
			decrypt(this.arrived, target);
		}
		while (target.position() == before && target.hasRemaining() && !this.ended) {
			int count = receive(target);
			if (count < 0) {
				endWithoutCloseNotify();
			}
			if (count == 0) {
				return 0;
			}
		}
		int count = target.position() - before;
		return (count == 0 && this.ended) ? -1 : count;
	}

	/**
	 * Returns whether the next read gives bytes, says that the stream has ended or fails,
	 * whatever the network does. Whole records are left only behind bytes that had no
	 * room.
	 */
	boolean hasMore() {
		return this.decrypted.hasRemaining() || this.ended || this.failure != null;
	}

	/**
	 * Discards what has arrived, before a close: the kernel resets a connection that is
	 * closed with bytes unread, and what is out may be lost with it. In TLS 1.3 a server
	 * sends a client tickets that nobody asked for. Any thread may call it.
	 */
	void discard() throws IOException {
		ByteBuffer buffer = this.buffers.borrow();
		try {
			this.channel.read(buffer);
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	/**
	 * In TLS 1.2 nothing is missing behind our own close_notify: there the peer's half
	 * ends with ours, and not every peer says so.
	 */
	private void endWithoutCloseNotify() throws SSLException {
		if (!this.engine.isOutboundDone() || !this.engine.getSession().getProtocol().equals("TLSv1.2")) {
			throw new SSLException("the stream ended without close_notify");
		}
		this.ended = true;
	}

	/** Returns what one read of the channel did. */
	private int receive(ByteBuffer target) throws IOException {
		if (this.arrived.hasRemaining()) {
			int count = receiveMore();
			decrypt(this.arrived, target);
			return count;
		}
		this.arrived = NONE;
		ByteBuffer buffer = this.buffers.borrow();
		try {
			// What is read has room when it is decrypted, whatever the reader's buffer.
			int most = Math.max(target.remaining(), this.engine.getSession().getPacketBufferSize());
			int count = this.channel.read(buffer.limit(Math.min(buffer.capacity(), most)));
			decrypt(buffer.flip(), target);
			if (buffer.hasRemaining()) {
				int size = Math.max(buffer.remaining(), this.engine.getSession().getPacketBufferSize());
				this.arrived = ByteBuffer.allocate(size).put(buffer).flip();
			}
			return count;
		}
		finally {
			this.buffers.giveBack(buffer);
		}
	}

	/** Reads more of a record of which a part is there. */
	private int receiveMore() throws IOException {
		ByteBuffer records = this.arrived.compact();
		try {
			if (!records.hasRemaining()) {
				if (records.capacity() >= LARGEST_RECORD) {
					throw new SSLException("a record of more than %d bytes".formatted(LARGEST_RECORD));
				}
				records = ByteBuffer.allocate(LARGEST_RECORD).put(records.flip());
			}
			return this.channel.read(records);
		}
		finally {
			this.arrived = records.flip();
		}
	}

	/** Decrypts whole records until there is no more of them, or no room. */
	private void decrypt(ByteBuffer records, ByteBuffer target) throws SSLException {
		while (records.hasRemaining() && !this.ended && !this.decrypted.hasRemaining()) {
			SSLEngineResult result = this.engine.unwrap(records, target);
			if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW && isWhole(records)) {
				result = decryptAside(records, target);
			}
			switch (result.getStatus()) {
				case OK -> checkProgress(result);
				// The engine asks for room before it looks whether the record is whole.
				case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> {
					return;
				}
				case CLOSED -> {
					this.ended = true;
					records.position(records.limit());
				}
			}
		}
	}

	private static boolean isWhole(ByteBuffer records) {
		int start = records.position();
		return records.remaining() >= HEADER
				&& records.remaining() >= HEADER + Short.toUnsignedInt(records.getShort(start + LENGTH_AT));
	}

	private SSLEngineResult decryptAside(ByteBuffer records, ByteBuffer target) throws SSLException {
		ByteBuffer aside = ByteBuffer.allocate(LARGEST_RECORD);
		SSLEngineResult result = this.engine.unwrap(records, aside);
		this.decrypted = aside.flip();
		moveDecrypted(target);
		return result;
	}

	private void moveDecrypted(ByteBuffer target) {
		int size = Math.min(this.decrypted.remaining(), target.remaining());
		if (size > 0) {
			target.put(this.decrypted.slice(this.decrypted.position(), size));
			this.decrypted.position(this.decrypted.position() + size);
		}
		if (!this.decrypted.hasRemaining()) {
			this.decrypted = NONE;
		}
	}

	private static void checkProgress(SSLEngineResult result) throws SSLException {
		// What TLS 1.3 has to say after the handshake needs no task: this is TLS 1.2.
		if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
			throw new SSLException("the peer asks for another handshake, which is refused");
		}
		if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
			throw new SSLException("TLS makes nothing of what the peer sent: " + result);
		}
	}

	/**
	 * Takes a record of the handshake.
	 * @return whether there was one; otherwise the channel is to be waited for
	 */
	boolean handshake() throws IOException {
		ByteBuffer target = this.buffers.borrow();
		try {
			while (true) {
				if (this.arrived.hasRemaining()) {
					SSLEngineResult result = this.engine.unwrap(this.arrived, target.clear());
					if (result.bytesProduced() > 0) {
						this.decrypted = ByteBuffer.allocate(target.flip().remaining()).put(target).flip();
					}
					if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
						throw new EOFException();
					}
					if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
						return true;
					}
				}
				if (!receiveHandshake()) {
					return false;
				}
			}
		}
		finally {
			this.buffers.giveBack(target);
		}
	}

	private boolean receiveHandshake() throws IOException {
		boolean first = this.arrived.capacity() == 0;
		if (first) {
			this.arrived = ByteBuffer.allocate(this.engine.getSession().getPacketBufferSize()).limit(0);
		}
		int count = receiveMore();
		if (count < 0) {
			throw new EOFException();
		}
		if (count == 0 && first) {
			this.arrived = NONE;
		}
		if (count > 0 && first && !beginsLikeTls()) {
			throw HandshakeFailedException.notTls(this.arrived);
		}
		return count > 0;
	}

	/** A handshake or an alert, of a version that is 3 for all of them. */
	private boolean beginsLikeTls() {
		byte type = this.arrived.get(this.arrived.position());
		boolean version = this.arrived.remaining() == 1 || this.arrived.get(this.arrived.position() + 1) == 3;
		return (type == HANDSHAKE || type == ALERT) && version;
	}

}
