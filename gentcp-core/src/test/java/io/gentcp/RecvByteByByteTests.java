package io.gentcp;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

import com.sun.management.ThreadMXBean;
import io.gentcp.packet.CountedPacketType;
import io.gentcp.packet.HeavyStream;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.test.Step;
import io.gentcp.transport.Engine;
import io.gentcp.transport.EngineOptions;
import io.gentcp.transport.SteppingWire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten megabytes that are read byte by byte cost a fixed amount for each byte and each
 * packet: of steps, of copying and of memory.
 */
@Tag("exhaustive")
@Timeout(120)
class RecvByteByByteTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** What a thread may allocate for a byte: the results of a read and of a decode. */
	private static final long FOR_A_BYTE = 150;

	/** What it may allocate for a packet besides. */
	private static final long FOR_A_PACKET = 1000;

	@ParameterizedTest
	@EnumSource(names = { "ONE_LINE", "SHORT_LINES", "A_LINE_THAT_IS_CUT", "ONE_HEADER",
			"A_HEADER_THAT_GOES_ON_IN_EVERY_LINE", "HEADERS", "FOUR_BYTES_OF_LENGTH", "ONE_ASN1", "SUNRM", "FCGI" })
	void everyPacketIsReceivedAtAFixedCost(HeavyStream stream) {
		byte[] bytes = stream.bytes();
		ByteBuffer whole = ByteBuffer.wrap(bytes);
		PacketCodec atOnce = stream.type().codec(stream.limits());
		CountedPacketType type = new CountedPacketType(stream.type());
		SocketOptions options = SocketOptions.defaults().packet(type).lineLength(stream.limits().lineLength());
		try (Connected connected = Connected
			.over(new GenTcp(new Engine(EngineOptions.defaults().pollers(1), SteppingWire::new)), options)) {
			connected.peer().play(Step.send(bytes));
			TcpSocket socket = connected.socket();
			long packets = 0;
			long allocated = 0;
			while (whole.hasRemaining()) {
				long before = THREADS.getCurrentThreadAllocatedBytes();
				RecvResult result = socket.recv(Connected.PATIENCE);
				allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
				packets++;
				if (!result.equals(new RecvResult.Received((Packet) atOnce.decode(whole)))) {
					throw new AssertionError("%s in front of %d".formatted(result, whole.position()));
				}
			}
			assertThat(type.decodes()).isLessThanOrEqualTo(bytes.length + packets);
			assertThat(type.examined()).isLessThanOrEqualTo(bytes.length);
			assertThat(allocated).isLessThan(FOR_A_BYTE * bytes.length + FOR_A_PACKET * packets);
		}
	}

}
