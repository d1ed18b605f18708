package io.gentcp.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the packets of one direction of a connection, as the inet backend of OTP does:
 * how many, how large on the wire, and how much their sizes deviate. One thread counts at
 * a time, which is for the owner to ensure; any thread may read, without a lock.
 */
public final class PacketCount {

	private static final VarHandle PACKETS;

	static {
		try {
			PACKETS = MethodHandles.lookup().findVarHandle(PacketCount.class, "packets", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** Written last and read first, so that whoever sees a packet sees its bytes too. */
	private long packets;

	private long bytes;

	private int largest;

	private double average;

	/** Of sizes from the average at their time; those above and below cancel out. */
	private double deviation;

	/** Counts a packet of so many bytes, header included. */
	public void add(int size) {
		long number = this.packets + 1;
		this.bytes += size;
		this.largest = Math.max(this.largest, size);
		this.average += (size - this.average) / number;
		this.deviation += (size - this.average - this.deviation) / number;
		PACKETS.setRelease(this, number);
	}

	/** Returns what was counted by now. */
	public Snapshot snapshot() {
		long number = (long) PACKETS.getAcquire(this);
		return new Snapshot(this.bytes, number, this.largest, (long) this.average, (long) Math.abs(this.deviation));
	}

	/**
	 * What was counted.
	 *
	 * @param bytes all of them, headers included
	 * @param packets the number of packets
	 * @param largest the bytes of the largest packet
	 * @param average the bytes of a packet on average, rounded down
	 * @param deviation by how many bytes packets differed from the average at their time,
	 * on average and rounded down; larger and smaller ones cancel out
	 */
	public record Snapshot(long bytes, long packets, long largest, long average, long deviation) {

		/** Nothing yet. */
		public static final Snapshot NONE = new Snapshot(0, 0, 0, 0, 0);

	}

}
