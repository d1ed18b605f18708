package io.gentcp;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gentcp.transport.Write;

/**
 * The bytes of a packet that were not out at its send timeout, header included: Erlang's
 * {@code RestData}. What the peer gets of the packet and these bytes are together the
 * whole packet, to the byte.
 * <p>
 * Hand it to {@link TcpSocket#resume} of the socket it came from, at most once; or, as in
 * gen_tcp's manual, set {@code packet} to raw, send {@link #bytes()}, and set
 * {@code packet} back. It owns its bytes. Any thread may use it.
 */
public final class RestData {

	private final TcpSocket socket;

	private final Write write;

	private final AtomicBoolean resumed = new AtomicBoolean();

	RestData(TcpSocket socket, Write write) {
		this.socket = socket;
		this.write = write;
	}

	/** Returns the socket it came from, the only one on which it can be resumed. */
	public TcpSocket socket() {
		return this.socket;
	}

	/** Returns the number of bytes that are not out. */
	public int size() {
		return this.write.size();
	}

	/** Returns the number of bytes of the packet that are out, header included. */
	public long bytesOut() {
		return this.write.outBefore();
	}

	/** Returns the size of the packet with its header, in bytes. */
	public long packetSize() {
		return bytesOut() + size();
	}

	/**
	 * Returns whether nothing of the packet is out. The connection then is as if the
	 * packet had never been sent.
	 */
	public boolean nothingSent() {
		return bytesOut() == 0;
	}

	/** Returns the bytes, read-only. */
	public ByteBuffer bytes() {
		return this.write.bytes();
	}

	/** Returns a copy of the bytes. */
	public byte[] toByteArray() {
		byte[] copy = new byte[size()];
		bytes().get(copy);
		return copy;
	}

	/** Says how much is out; never shows the bytes. */
	@Override
	public String toString() {
		return "RestData[%d of %d bytes out]".formatted(bytesOut(), packetSize());
	}

	/** Returns the write of this rest, which from now on nobody else can resume. */
	Write claim(TcpSocket by) {
		if (by != this.socket) {
			throw new IllegalArgumentException("%s belongs to %s, not to %s".formatted(this, this.socket, by));
		}
		if (!this.resumed.compareAndSet(false, true)) {
			throw new IllegalArgumentException(
					"%s was already resumed; a later timeout gives a new rest to resume".formatted(this));
		}
		return this.write;
	}

	/** Lets it be resumed again, because nothing of it was begun. */
	void release() {
		this.resumed.set(false);
	}

}
