package io.gentcp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.sun.management.ThreadMXBean;
import io.gentcp.packet.PacketType;
import io.gentcp.test.Step;
import io.gentcp.transport.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A packet that the kernel takes at once costs its sender no memory, nor does one that
 * waits for room.
 */
class SendMemoryTests {

	private static final int PACKETS = 100;

	private static final int BATCHES = 100;

	private static final int SENDERS = 32;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@ParameterizedTest
	@EnumSource
	void anArray(Backend backend) {
		byte[] payload = Payloads.random(64);
		assertAllocatesNothing(backend, (socket) -> socket.send(payload));
	}

	@ParameterizedTest
	@EnumSource
	void aBuffer(Backend backend) {
		ByteBuffer payload = ByteBuffer.wrap(Payloads.random(64));
		assertAllocatesNothing(backend, (socket) -> socket.send(payload));
	}

	/** A copy would be larger by far than what is left of it at the low watermark. */
	@ParameterizedTest
	@EnumSource
	void manyThatWaitForEachOther(Backend backend) throws Exception {
		byte[] payload = Payloads.random(32 * 1024);
		SocketOptions options = SocketOptions.defaults().backend(backend).packet(PacketType.FOUR);
		try (Connected connected = Connected.over(TestWire.PLAIN, options, new Step.ReadAll());
				ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
			TcpSocket socket = connected.socket();
			List<Future<Long>> allocated = IntStream.range(0, SENDERS)
				.mapToObj((i) -> senders.submit(() -> allocated(socket, (to) -> to.send(payload))))
				.toList();
			long sum = 0;
			for (Future<Long> bytes : allocated) {
				sum += bytes.get(60, TimeUnit.SECONDS);
			}
			assertThat(sum / (SENDERS * PACKETS)).as("bytes for a packet").isLessThan(payload.length / 4);
		}
	}

	private void assertAllocatesNothing(Backend backend, Send send) {
		SocketOptions options = SocketOptions.defaults().backend(backend).packet(PacketType.FOUR);
		try (Connected connected = Connected.over(TestWire.PLAIN, options, new Step.ReadAll())) {
			TcpSocket socket = connected.socket();
			// The peer may be slow for a moment, and packets be queued; most often not.
			long[] sorted = LongStream.generate(() -> allocated(socket, send)).limit(BATCHES).sorted().toArray();
			assertThat(sorted[BATCHES / 2]).as("bytes for %d packets", PACKETS).isZero();
		}
	}

	private long allocated(TcpSocket socket, Send send) {
		long before = this.threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < PACKETS; i++) {
			if (!(send.to(socket) instanceof SendResult.Sent)) {
				throw new AssertionError("a packet was not sent");
			}
		}
		return this.threads.getCurrentThreadAllocatedBytes() - before;
	}

	private interface Send {

		SendResult to(TcpSocket socket);

	}

}
