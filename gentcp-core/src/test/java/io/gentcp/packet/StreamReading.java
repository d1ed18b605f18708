package io.gentcp.packet;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.ThreadMXBean;

/**
 * Presents a stream to one codec as a reader does, piece by piece, and sees to it that
 * the codec does what it promises. Used by one thread.
 */
final class StreamReading {

	/** A packet, its texts and the reason of an invalid one may take so many bytes. */
	private static final long MEMORY = 16 * 1024;

	/** And so many for each byte that has come. */
	private static final long MEMORY_PER_BYTE = 64;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final PacketCodec codec;

	private final ByteBuffer in;

	private final int start;

	private final List<Packet> packets = new ArrayList<>();

	private long announced;

	private long excess;

	private boolean invalid;

	StreamReading(PacketCodec codec, ByteBuffer in) {
		this.codec = codec;
		this.in = in;
		this.start = in.position();
	}

	/** Reads up to each end in turn, or until the stream is invalid. */
	void read(int[] ends) {
		int length = this.in.remaining();
		for (int end : ends) {
			this.in.limit(this.start + end);
			readPackets();
			if (this.invalid) {
				requireInvalidAgain(end);
				requireInvalidAgain(length);
				return;
			}
		}
	}

	List<Packet> packets() {
		return this.packets;
	}

	boolean isInvalid() {
		return this.invalid;
	}

	int taken() {
		return this.in.position() - this.start;
	}

	/** How many bytes more than is plausible were allocated by one call of decode. */
	long excess() {
		return this.excess;
	}

	@Override
	public String toString() {
		return "%d bytes taken, %s%s".formatted(taken(), this.packets, this.invalid ? ", invalid" : "");
	}

	private void readPackets() {
		int before = this.in.position();
		DecodeResult result = decode();
		while (result instanceof Packet packet) {
			requirePacket(packet, this.in.position() - before);
			before = this.in.position();
			result = decode();
		}
		require(this.in.position() == before, "%s, and %d bytes taken", result, this.in.position() - before);
		switch (result) {
			case More(long total) -> requireMore(total);
			case Invalid reason -> this.invalid = true;
			case Packet packet -> throw new IllegalStateException();
		}
	}

	private DecodeResult decode() {
		int limit = this.in.limit();
		int remaining = this.in.remaining();
		long before = THREADS.getCurrentThreadAllocatedBytes();
		DecodeResult result = this.codec.decode(this.in);
		long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
		this.excess = Math.max(this.excess, allocated - MEMORY - MEMORY_PER_BYTE * remaining);
		require(this.in.limit() == limit, "%s, and the limit moved from %d to %d", result, limit, this.in.limit());
		return result;
	}

	private void requirePacket(Packet packet, int size) {
		require(size > 0, "%s of no bytes", packet);
		require(this.announced == 0 || this.announced == size, "%s of %d bytes, %d were announced", packet, size,
				this.announced);
		this.announced = 0;
		this.packets.add(packet);
	}

	private void requireMore(long total) {
		require(total == 0 || total > this.in.remaining(), "%d bytes wanted, %d are there", total, this.in.remaining());
		require(this.announced == 0 || this.announced == total, "%d bytes wanted, %d were announced", total,
				this.announced);
		this.announced = total;
	}

	private void requireInvalidAgain(int end) {
		int before = this.in.position();
		DecodeResult again = this.codec.decode(this.in.limit(this.start + end));
		require(again instanceof Invalid && this.in.position() == before, "invalid, and then %s", again);
	}

	private static void require(boolean condition, String otherwise, Object... arguments) {
		if (!condition) {
			throw new AssertionError(otherwise.formatted(arguments));
		}
	}

}
