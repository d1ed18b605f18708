package io.gentcp;

import io.gentcp.transport.Deadline;
import io.gentcp.transport.Write;
import io.gentcp.transport.WriteOutcome;

/**
 * A packet that {@link TcpSocket#beginSend} put in line. Its array is borrowed until the
 * result is there. Either {@link #await} it, once, or {@link #withdraw} it; a packet that
 * nobody awaits has no timeout.
 */
public final class PendingSend {

	private final PacketWriter writer;

	private final Write write;

	private final Deadline deadline;

	PendingSend(PacketWriter writer, Write write, Deadline deadline) {
		this.writer = writer;
		this.write = write;
		this.deadline = deadline;
	}

	/** Returns whether {@link #await} has the result without waiting. */
	public boolean isDone() {
		return !this.write.isHeld();
	}

	/**
	 * Returns whether the packet has ended with nothing of it out: it was taken back,
	 * refused, or its connection closed before. Whatever is sent after it then has its
	 * place in the stream. False while the packet has not ended.
	 */
	public boolean nothingSent() {
		return switch (this.write.outcome()) {
			case null -> false;
			case WriteOutcome.Written() -> false;
			case WriteOutcome.Queued() -> false;
			case WriteOutcome.StillQueued(Write same) -> false;
			case WriteOutcome.QueueFull full -> true;
			case WriteOutcome.TimedOut(Write rest) -> rest.outBefore() == 0;
			case WriteOutcome.Refused refused -> true;
			case WriteOutcome.Closed(long bytesOut) -> bytesOut == 0;
			case WriteOutcome.Failed(var error, long bytesOut) -> bytesOut == 0;
		};
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
	 * Waits until the packet is out or, on the inet backend, queued with room to spare;
	 * at the latest until the send timeout, which runs since the send began. An interrupt
	 * has the effect of the timeout and leaves the interrupt flag set. Parks the calling
	 * thread, virtual or not. Call it once.
	 */
	public SendResult await() {
		return this.writer.await(this.write, this.deadline);
	}

	/**
	 * Takes the packet back, if nothing of it is out and nothing is about to be.
	 * {@link #await} then returns its rest, which is the whole packet. Does not wait.
	 * @return whether it was taken back
	 */
	public boolean withdraw() {
		return this.writer.withdraw(this.write);
	}

}
