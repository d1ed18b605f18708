package io.gentcp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.gentcp.packet.More;
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

	private static final int LENDABLE = 128 * 1024;

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

	@Test
	void ofLargePacketsNoMoreIsReadThanTheNextOneNeeds() {
		assertThat(limitWith(More.UNKNOWN)).as("before any packet").isEqualTo(LENDABLE);
		this.undecoded.taken(40_000);
		assertThat(limitWith(More.UNKNOWN)).as("the next may be as large").isEqualTo(40_000);
		this.undecoded.add(ByteBuffer.wrap(this.taken, 0, 1_000), 60_000);
		assertThat(limitWith(More.of(60_000))).as("what it lacks").isEqualTo(59_000);
		assertThat(limitWith(More.of(1_000_000))).as("more than there is room for").isEqualTo(LENDABLE);
	}

	@Test
	void ofSmallPacketsAllIsReadThatThereIs() {
		this.undecoded.taken(1_000);
		assertThat(limitWith(More.UNKNOWN)).isEqualTo(LENDABLE);
		this.undecoded.add(ByteBuffer.wrap(this.taken, 0, 100), 1_000);
		assertThat(limitWith(More.of(1_000))).isEqualTo(LENDABLE);
	}

	@Test
	void aPieceThatIsLargerThanThePacketBeforeIsNoLimit() {
		this.undecoded.taken(20_000);
		this.undecoded.add(ByteBuffer.wrap(this.taken, 0, 20_000), Long.MAX_VALUE);
		assertThat(limitWith(More.UNKNOWN)).isEqualTo(LENDABLE);
	}

	private int limitWith(More more) {
		ByteBuffer buffer = ByteBuffer.allocate(LENDABLE);
		this.undecoded.limit(buffer, more);
		return buffer.limit();
	}

}
