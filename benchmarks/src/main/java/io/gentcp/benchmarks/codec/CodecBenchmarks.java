package io.gentcp.benchmarks.codec;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.More;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and memory for one packet, which with http is one line of a request. The heap has
 * its full size from the beginning, so that no time goes into its growth.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class CodecBenchmarks {

	/** The next packet of those that one read has brought. */
	@Benchmark
	public DecodeResult decode(FullBuffer packets) {
		ByteBuffer in = packets.in;
		if (!in.hasRemaining()) {
			in.rewind();
		}
		return packets.codec.decode(in);
	}

	/** The next packet, of which every read brings one byte. */
	@Benchmark
	public DecodeResult decodeByteByByte(TricklingPackets packets) {
		ByteBuffer in = packets.in;
		if (in.position() == in.capacity()) {
			in.position(0).limit(0);
		}
		DecodeResult result;
		do {
			result = packets.codec.decode(in.limit(in.limit() + 1));
		}
		while (result instanceof More);
		return result;
	}

	/** What the sender does with a payload before it is written. */
	@Benchmark
	public ByteBuffer encode(Payload payload) {
		ByteBuffer encoded = payload.codec.encode(payload.payload);
		payload.codec.encodeHeader(encoded.remaining(), payload.header.clear());
		return encoded;
	}

}
