package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.gentcp.benchmarks.peer.EventClient.PacketListener;

/**
 * No threads of its own: each echo, on the thread that brings it, sends the next packet.
 */
final class EventLoad implements Load {

	private static final int PATIENCE_SECONDS = 20;

	private final EventClient client;

	EventLoad(EventClient client) {
		this.client = client;
	}

	@Override
	public Measured exchange(int connections, int payload, int inFlight, Duration length) throws Exception {
		List<Connection> open = new ArrayList<>();
		Crew crew = new Crew(this.client.threads());
		CountDownLatch ended = new CountDownLatch(connections);
		LongAdder echoes = new LongAdder();
		byte[] packet = Served.packet(Served.ECHO, payload);
		try {
			for (int i = 0; i < connections; i++) {
				open.add(this.client.connect(new Exchange(crew, ended, echoes, packet, inFlight)));
			}
			long begin = System.nanoTime();
			for (Connection connection : open) {
				for (int i = 0; i < inFlight; i++) {
					connection.send(packet);
				}
			}
			crew.workFor(length);
			crew.end();
			if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				crew.end();
				throw new IllegalStateException("on %d connections echoes are missing".formatted(ended.getCount()));
			}
			return new Measured(echoes.sum(), System.nanoTime() - begin);
		}
		finally {
			Connections.close(open);
		}
	}

	@Override
	public StreamConnection openStream() throws Exception {
		Counts counts = new Counts();
		Connection connection = this.client.connect(counts);
		return new StreamConnection() {

			@Override
			public void send(byte[] packet) throws Exception {
				connection.send(packet);
			}

			@Override
			public long arrived() throws Exception {
				connection.send(Served.packet(Served.COUNT, 1));
				return counts.take();
			}

			@Override
			public void close() throws IOException {
				connection.close();
			}

		};
	}

	@Override
	public Connection openIdle() throws Exception {
		CountDownLatch echoed = new CountDownLatch(1);
		Connection connection = this.client.connect(new FirstEcho(echoed));
		connection.send(Served.packet(Served.ECHO, 1));
		if (!echoed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("an echo is missing");
		}
		return connection;
	}

	/** One connection; called by one thread at a time. */
	private static final class Exchange implements PacketListener {

		private final Crew crew;

		private final CountDownLatch ended;

		private final LongAdder echoes;

		private final byte[] packet;

		private int inFlight;

		private long count;

		Exchange(Crew crew, CountDownLatch ended, LongAdder echoes, byte[] packet, int inFlight) {
			this.crew = crew;
			this.ended = ended;
			this.echoes = echoes;
			this.packet = packet;
			this.inFlight = inFlight;
		}

		@Override
		public void echoed(Connection connection) {
			this.count++;
			if (!this.crew.isOver()) {
				try {
					connection.send(this.packet);
				}
				catch (Exception ex) {
					this.crew.fail(ex);
				}
			}
			else if (--this.inFlight == 0) {
				this.echoes.add(this.count);
				this.ended.countDown();
			}
		}

		@Override
		public void counted(long packets) {
			this.crew.fail(new IllegalStateException("a count came in place of an echo"));
		}

	}

	/** Tells that the server is there. */
	private record FirstEcho(CountDownLatch echoed) implements PacketListener {

		@Override
		public void echoed(Connection connection) {
			this.echoed.countDown();
		}

		@Override
		public void counted(long packets) {
			throw new IllegalStateException("a count came in place of an echo");
		}

	}

	/** Hands a count over to whoever waits for it. */
	private static final class Counts implements PacketListener {

		private final ArrayBlockingQueue<Long> counts = new ArrayBlockingQueue<>(1);

		@Override
		public void echoed(Connection connection) {
			throw new IllegalStateException("an echo came in place of a count");
		}

		@Override
		public void counted(long packets) {
			this.counts.add(packets);
		}

		long take() throws InterruptedException {
			Long count = this.counts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (count == null) {
				throw new IllegalStateException("the receiver does not say how many packets arrived");
			}
			return count;
		}

	}

}
