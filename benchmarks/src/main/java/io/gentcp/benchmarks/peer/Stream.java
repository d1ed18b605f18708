package io.gentcp.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

import io.gentcp.benchmarks.peer.Load.StreamConnection;

/** Packets one way, from several threads that share a connection. */
final class Stream {

	private final Load load;

	private final ThreadFactory threads;

	Stream(Load load, ThreadFactory threads) {
		this.load = load;
		this.threads = threads;
	}

	/** How often the receiver is asked, if it says that not all came. */
	private static final int QUESTIONS = 100;

	/**
	 * Sends for a while. The time ends when the receiver has said how many packets came,
	 * which must be as many as were sent.
	 */
	Measured run(int senders, int payload, Duration length) throws Exception {
		byte[] packet = Served.packet(Served.STREAM, payload);
		LongAdder sent = new LongAdder();
		Crew crew = new Crew(this.threads);
		try (StreamConnection connection = this.load.openStream()) {
			long begin = System.nanoTime();
			for (int i = 0; i < senders; i++) {
				crew.add(() -> sent.add(send(connection, packet, crew)));
			}
			crew.workFor(length);
			crew.end();
			long arrived = 0;
			// A system that does not handle packets in turn may miss some at first.
			for (int i = 0; i < QUESTIONS && arrived != sent.sum(); i++) {
				arrived += connection.arrived();
			}
			long nanos = System.nanoTime() - begin;
			if (arrived != sent.sum()) {
				throw new IllegalStateException("%d packets were sent, %d arrived".formatted(sent.sum(), arrived));
			}
			return new Measured(arrived, nanos);
		}
	}

	private static long send(Connection connection, byte[] packet, Crew crew) throws Exception {
		long count = 0;
		while (!crew.isOver()) {
			connection.send(packet);
			count++;
		}
		return count;
	}

}
