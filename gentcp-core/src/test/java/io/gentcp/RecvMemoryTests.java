package io.gentcp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.DrippingWire;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What receiving costs follows from what has arrived, not from what a peer announces. */
@Timeout(60)
class RecvMemoryTests {

	private static final int GIGABYTE = 1 << 30;

	private static final int MEGABYTE = 1 << 20;

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final RecvResult TIMED_OUT = new RecvResult.TimedOut();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** A header that announces a gigabyte, one for each type that can. */
	record Announcement(PacketType type, String hex) {

		SocketOptions options() {
			return SocketOptions.defaults().packet(this.type);
		}

		byte[] header() {
			return HexFormat.of().parseHex(this.hex);
		}

		@Override
		public String toString() {
			return this.type + " " + this.hex;
		}

	}

	static List<Announcement> gigabytes() {
		return List.of(new Announcement(PacketType.FOUR, "40000000"), new Announcement(PacketType.SUNRM, "c0000000"),
				new Announcement(PacketType.ASN1, "048440000000"),
				new Announcement(PacketType.CDR, "47494f500102000040000000"),
				new Announcement(PacketType.CDR, "47494f500102010000000040"));
	}

	@ParameterizedTest
	@MethodSource("gigabytes")
	void anAnnouncedGigabyteCostsNothingBeforeItComes(Announcement gigabyte) {
		try (Connected connected = Connected.over(TestWire.PLAIN, gigabyte.options())) {
			connected.peer().send(gigabyte.header());
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MEGABYTE);
		}
	}

	@ParameterizedTest
	@MethodSource("gigabytes")
	void ofAnAnnouncedGigabyteAFewTimesWhatHasComeIsHeld(Announcement gigabyte) {
		try (Connected connected = Connected.over(TestWire.PLAIN, gigabyte.options())) {
			connected.peer().send(gigabyte.header());
			connected.peer().play(Step.send(new byte[10 * MEGABYTE]));
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(Duration.ofMillis(500))).isEqualTo(TIMED_OUT);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(80 * MEGABYTE);
		}
	}

	@Test
	void aGigabyteThatIsAskedForCostsNothingBeforeItComes() {
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults())) {
			connected.peer().send(new byte[8]);
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(GIGABYTE, SHORT)).isEqualTo(TIMED_OUT);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MEGABYTE);
		}
	}

	@Test
	void aLargePacketCostsAFewTimesItsSize() {
		int size = 20 * MEGABYTE;
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.FOUR))) {
			connected.peer().play(Step.send(ByteBuffer.allocate(4 + size).putInt(size).array()));
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(Connected.PATIENCE)).isInstanceOf(RecvResult.Received.class);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(5L * size);
		}
	}

	@Test
	void aLineThatComesByteByByteCostsAFixedAmountForEach() {
		byte[] line = new byte[20_000];
		Arrays.fill(line, (byte) 'x');
		line[line.length - 1] = '\n';
		GenTcp genTcp = new GenTcp(
				new Engine(EngineOptions.defaults().pollers(1), (channel) -> new DrippingWire(channel, 1)));
		try (Connected connected = Connected.over(genTcp, SocketOptions.defaults().packet(PacketType.LINE))) {
			connected.peer().play(Step.send(line));
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(Connected.PATIENCE))
				.isEqualTo(new RecvResult.Received(new Packet.Bytes(line)));
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).as("a copy for each byte costs 200 MB")
				.isLessThan(20 * MEGABYTE);
		}
	}

}
