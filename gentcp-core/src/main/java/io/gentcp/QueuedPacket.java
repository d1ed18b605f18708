package io.gentcp;

import java.util.concurrent.CompletableFuture;

import io.gentcp.transport.Write;

/**
 * A packet that is queued on the inet backend after its send timed out. It goes out by
 * itself as soon as the peer takes what is in front of it; sending it again would
 * duplicate it. Any thread may use it.
 */
public final class QueuedPacket {

	private final PacketWriter writer;

	private final Write write;

	QueuedPacket(PacketWriter writer, Write write) {
		this.writer = writer;
		this.write = write;
	}

	/** Returns the size of the packet with its header, in bytes. */
	public long packetSize() {
		return this.write.packetSize();
	}

	/** Returns how many bytes of the packet are out by now, header included. */
	public long bytesOut() {
		return this.write.bytesOut();
	}

	/**
	 * Returns a future for the end of it: {@link SendResult.Sent} when every byte is out,
	 * {@link SendResult.Closed} or {@link SendResult.Failed} if the connection ended
	 * before. It completes on a virtual thread, so what depends on it may wait;
	 * cancelling it has no effect on the packet. Does not wait.
	 */
	public CompletableFuture<SendResult.Ended> whenOut() {
		CompletableFuture<SendResult.Ended> future = new CompletableFuture<>();
		this.writer.whenEnded(this.write, future::complete);
		return future;
	}

	/** Says how much is out; never shows the bytes. */
	@Override
	public String toString() {
		return "QueuedPacket[%d of %d bytes out]".formatted(bytesOut(), packetSize());
	}

}
