package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.gentcp.benchmarks.peer.CallingClient.CallingConnection;

/** One thread for each connection: it sends, receives, and sends the next one. */
final class CallingLoad implements Load {

	private final CallingClient client;

	CallingLoad(CallingClient client) {
		this.client = client;
	}

	@Override
	public Measured exchange(int connections, int payload, int inFlight, Duration length) throws Exception {
		List<CallingConnection> open = new ArrayList<>();
		try {
			for (int i = 0; i < connections; i++) {
				open.add(this.client.connect());
			}
			Crew crew = new Crew(this.client.threads());
			byte[] packet = Served.packet(Served.ECHO, payload);
			LongAdder received = new LongAdder();
			long begin = System.nanoTime();
			open.forEach((connection) -> crew.add(() -> received.add(exchange(connection, packet, inFlight, crew))));
			crew.workFor(length);
			crew.end();
			return new Measured(received.sum(), System.nanoTime() - begin);
		}
		finally {
			Connections.close(open);
		}
	}

	private static long exchange(CallingConnection connection, byte[] packet, int inFlight, Crew crew)
			throws Exception {
		long count = 0;
		for (int i = 0; i < inFlight; i++) {
			connection.send(packet);
		}
		while (!crew.isOver()) {
			receive(connection, packet.length);
			connection.send(packet);
			count++;
		}
		for (int i = 0; i < inFlight; i++) {
			receive(connection, packet.length);
			count++;
		}
		return count;
	}

	private static void receive(CallingConnection connection, int size) throws Exception {
		byte[] echo = connection.receive();
		if (echo.length != size) {
			throw new IllegalStateException("%d bytes came back of %d".formatted(echo.length, size));
		}
	}

	@Override
	public StreamConnection openStream() throws Exception {
		CallingConnection connection = this.client.connect();
		return new StreamConnection() {

			@Override
			public void send(byte[] packet) throws Exception {
				connection.send(packet);
			}

			@Override
			public long arrived() throws Exception {
				connection.send(Served.packet(Served.COUNT, 1));
				return Served.count(connection.receive());
			}

			@Override
			public void close() throws IOException {
				connection.close();
			}

		};
	}

	@Override
	public Connection openIdle() throws Exception {
		CallingConnection connection = this.client.connect();
		connection.send(Served.packet(Served.ECHO, 1));
		receive(connection, 1);
		return connection;
	}

}
