package io.gentcp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.DrippingWire;
import io.gentcp.transport.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What receiving costs follows from what has arrived, not from what a peer announces. */
@Timeout(60)
class RecvMemoryTests {

	private static final int GIGABYTE = 1 << 30;

	private static final int MEGABYTE = 1 << 20;

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final RecvResult TIMED_OUT = new RecvResult.TimedOut();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void anAnnouncedGigabyteCostsNothingBeforeItComes() {
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.FOUR))) {
			connected.peer().send(ByteBuffer.allocate(8).putInt(GIGABYTE).array());
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(SHORT)).isEqualTo(TIMED_OUT);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MEGABYTE);
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
	void ofAnAnnouncedGigabyteAFewTimesWhatHasComeIsHeld() {
		try (Connected connected = Connected.over(TestWire.PLAIN, SocketOptions.defaults().packet(PacketType.FOUR))) {
			connected.peer().send(ByteBuffer.allocate(4).putInt(GIGABYTE).array());
			connected.peer().play(Step.send(new byte[10 * MEGABYTE]));
			long before = THREADS.getCurrentThreadAllocatedBytes();
			assertThat(connected.socket().recv(Duration.ofMillis(500))).isEqualTo(TIMED_OUT);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(80 * MEGABYTE);
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
		GenTcp genTcp = new GenTcp(new Engine(1, (channel) -> new DrippingWire(channel, 1)));
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
