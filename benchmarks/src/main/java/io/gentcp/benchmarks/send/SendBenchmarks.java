package io.gentcp.benchmarks.send;

import java.util.concurrent.TimeUnit;

import io.gentcp.SendResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and memory for a packet that is sent, alone and in a crowd. JMH's threads are
 * platform threads.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms512m", "-Xmx512m" })
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SendBenchmarks {

	/** One sender, with nobody in its way. */
	@Benchmark
	@Threads(1)
	public SendResult alone(Sender sender) {
		return sender.socket().send(sender.packet);
	}

	/** Two senders on one connection. */
	@Benchmark
	@Threads(2)
	public SendResult ofTwo(Sender sender) {
		return sender.socket().send(sender.packet);
	}

	/** Two senders on one connection, each of which sends what is in a buffer. */
	@Benchmark
	@Threads(2)
	public SendResult buffersOfTwo(Sender sender) {
		return sender.socket().send(sender.buffer);
	}

	/**
	 * Two senders of packets that are larger than what is sent without a place in line.
	 */
	@Benchmark
	@Threads(2)
	public SendResult largeOfTwo(Sender sender) {
		return sender.socket().send(sender.large);
	}

	/** Sixty-four senders on one connection. */
	@Benchmark
	@Threads(64)
	public SendResult ofSixtyFour(Sender sender) {
		return sender.socket().send(sender.packet);
	}

	/** The same with larger packets: most of the time the kernel takes no more. */
	@Benchmark
	@Threads(64)
	public SendResult largeOfSixtyFour(Sender sender) {
		return sender.socket().send(sender.large);
	}

}
