package io.gentcp.spring.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;

import io.gentcp.GetOptionsResult;
import io.gentcp.RecvResult;
import io.gentcp.SocketOptions;
import io.gentcp.TcpSocket;
import io.gentcp.UnrecvResult;
import io.gentcp.spring.core.PacketBytes;
import io.gentcp.transport.PosixError;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a raw connection as a stream, for code that reads one: a
 * {@link org.springframework.core.serializer.Deserializer}, for example.
 * <p>
 * A read parks the calling thread, a virtual one at no cost, until at least one byte is
 * there, and never waits for more. It is {@code gen_tcp:recv(Socket, 0, Timeout)}, whose
 * surplus the stream keeps for the next read and gives back to the socket when it is
 * {@link #close closed}; meanwhile nobody else may receive on the socket. One thread uses
 * it at a time. Whoever wants to end a read that waits closes the socket, or interrupts
 * the thread.
 * <p>
 * The option {@code show_econnreset} is set, so that a reset is an error and not, as
 * gen_tcp has it, an end of the stream.
 */
public final class TcpSocketInputStream extends InputStream {

	private static final byte[] NOTHING = {};

	private final TcpSocket socket;

	private final Duration timeout;

	/** What the socket delivered, and where that begins which nobody has read. */
	private byte[] bytes = NOTHING;

	private int position;

	private boolean ended;

	private boolean closed;

	private @Nullable PosixError error;

	/** A stream whose reads wait without a limit. */
	public TcpSocketInputStream(TcpSocket socket) {
		this(socket, SocketOptions.INFINITY);
	}

	/**
	 * A stream whose reads wait at most this long.
	 * @throws IllegalArgumentException if {@code packet} is not raw: packets would be
	 * read without what is between them
	 */
	public TcpSocketInputStream(TcpSocket socket, Duration timeout) {
		String packet = socket.options().packet().name();
		if (socket.options().packet().isFramed()) {
			throw new IllegalArgumentException(
					"%s has packet %s; a stream reads what is raw: set packet to raw first".formatted(socket, packet));
		}
		this.socket = socket;
		this.timeout = timeout;
		// If it fails, the socket is closed, which the first read will tell.
		var unused = socket.setOptions((options) -> options.showEconnreset(true));
	}

	@Override
	public int read() throws IOException {
		return fill() ? Byte.toUnsignedInt(this.bytes[this.position++]) : -1;
	}

	/**
	 * Reads what is there, at least one byte and at most {@code length}.
	 * @return how many, or -1 at the end of the stream
	 * @throws SocketTimeoutException if none came in time; the next read goes on
	 * @throws InterruptedIOException if the thread was interrupted, which it still is;
	 * the next read goes on
	 * @throws IOException if the connection broke, with the reason of
	 * {@code inet:posix()}; if this side closed it; or if {@code active} is set
	 */
	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, buffer.length);
		if (length == 0) {
			return 0;
		}
		if (!fill()) {
			return -1;
		}
		int count = Math.min(length, unread());
		System.arraycopy(this.bytes, this.position, buffer, offset, count);
		this.position += count;
		return count;
	}

	/**
	 * Returns how many bytes can be read without a wait. If that is 0 nothing more has
	 * arrived, or the stream has ended, or the next read fails. Does not wait.
	 */
	@Override
	public int available() throws IOException {
		requireOpen();
		if (unread() == 0 && this.error == null && !this.ended) {
			receive(Duration.ZERO);
		}
		return unread();
	}

	/**
	 * Gives the bytes that nobody has read back to the socket, which stays open: it is
	 * its owner's. Does not wait. Closing again does nothing.
	 */
	@Override
	public void close() throws IOException {
		if (this.closed) {
			return;
		}
		this.closed = true;
		byte[] unread = new byte[unread()];
		System.arraycopy(this.bytes, this.position, unread, 0, unread.length);
		this.bytes = NOTHING;
		this.position = 0;
		if (unread.length > 0 && this.socket.unrecv(unread) instanceof UnrecvResult.Busy) {
			throw new IOException("%s: %d bytes that were not read are lost, another thread receives"
				.formatted(this.socket, unread.length));
		}
	}

	private int unread() {
		return this.bytes.length - this.position;
	}

	/** Returns whether there is a byte, for which it may have to wait. */
	private boolean fill() throws IOException {
		requireOpen();
		if (unread() == 0 && this.error == null && !this.ended && receive(this.timeout)) {
			throw timedOut();
		}
		if (unread() > 0) {
			return true;
		}
		if (this.error != null) {
			throw new IOException("%s: %s".formatted(this.socket, this.error));
		}
		return false;
	}

	/** Returns whether it was in vain. */
	private boolean receive(Duration most) throws IOException {
		return switch (this.socket.recv(most)) {
			case RecvResult.Received(var packet) -> {
				this.bytes = PacketBytes.of(packet);
				this.position = 0;
				yield false;
			}
			case RecvResult.TimedOut() -> true;
			case RecvResult.Closed() -> {
				endOrClosed();
				yield false;
			}
			case RecvResult.Failed(PosixError reason, String detail) when reason == PosixError.EINVAL ->
				throw new IOException("%s: %s".formatted(this.socket, detail));
			case RecvResult.Failed(PosixError reason, String detail) -> {
				this.error = reason;
				yield false;
			}
		};
	}

	/** A socket whose peer has ended the stream has options, until somebody closes it. */
	private void endOrClosed() throws IOException {
		if (this.socket.getOptions() instanceof GetOptionsResult.Failed) {
			throw new IOException("%s: this side closed it".formatted(this.socket));
		}
		this.ended = true;
	}

	private InterruptedIOException timedOut() {
		if (Thread.currentThread().isInterrupted()) {
			return new InterruptedIOException("%s: interrupted while it waited for bytes".formatted(this.socket));
		}
		return new SocketTimeoutException("%s: nothing came within %s".formatted(this.socket, this.timeout));
	}

	private void requireOpen() throws IOException {
		if (this.closed) {
			throw new IOException("%s: this stream was closed".formatted(this.socket));
		}
	}

}
