package io.gentcp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that wait for a packet to be whole cost a few times their number, however they
 * come.
 */
class UndecodedBytesTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int MEGABYTE = 1_000_000;

	/** A buffer and its array, besides what is in it. */
	private static final int BUFFER = 100;

	private final UndecodedBytes undecoded = new UndecodedBytes();

	private final byte[] taken = new byte[MEGABYTE];

	/** How large a packet is, and how many bytes of it arrive at a time. */
	static Stream<Arguments> arrivals() {
		return Stream.of(1, 2, 3, 10, 1000, MEGABYTE)
			.flatMap((packet) -> Stream.of(1, 2, 7, 1460, 131_072).map((piece) -> Arguments.of(packet, piece)));
	}

	@ParameterizedTest
	@MethodSource("arrivals")
	void aPacketOfUnknownLengthCostsAFewTimesItsBytes(int packet, int piece) {
		assertThat(allocatedFor(packet, piece, Long.MAX_VALUE)).isLessThan(aFewTimesAMegabyteOf(packet));
	}

	@ParameterizedTest
	@MethodSource("arrivals")
	void aPacketThatHasAnnouncedItsLengthCostsNoMore(int packet, int piece) {
		assertThat(allocatedFor(packet, piece, packet)).isLessThan(aFewTimesAMegabyteOf(packet));
	}

	/** For each packet the buffer is doubled until it is large enough. */
	private static long aFewTimesAMegabyteOf(int packet) {
		int doubled = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(packet);
		return 5L * MEGABYTE + (long) BUFFER * doubled * (MEGABYTE / packet);
	}

	@Test
	void whatIsAnnouncedAndDoesNotComeCostsNothing() {
		long before = THREADS.getCurrentThreadAllocatedBytes();
		this.undecoded.add(ByteBuffer.wrap(this.taken, 0, 100), 1L << 31);
		assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
	}

	/** A megabyte of packets; before every piece there is a wait. */
	private long allocatedFor(int packet, int piece, long wanted) {
		ByteBuffer stream = ByteBuffer.wrap(new byte[MEGABYTE]);
		long before = THREADS.getCurrentThreadAllocatedBytes();
		while (stream.position() < MEGABYTE) {
			stream.limit(Math.min(MEGABYTE, stream.position() + piece));
			ByteBuffer all = this.undecoded.joined(stream, wanted);
			while (all.remaining() >= packet) {
				all.get(this.taken, 0, packet);
			}
			this.undecoded.add(stream, wanted);
			this.undecoded.trim();
		}
		return THREADS.getCurrentThreadAllocatedBytes() - before;
	}

}
