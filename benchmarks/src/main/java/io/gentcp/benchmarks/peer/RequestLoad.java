package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.gentcp.benchmarks.peer.RequestClient.RequestConnection;

/** One thread for each packet that is in flight: it sends requests, one by one. */
final class RequestLoad implements Load {

	private final RequestClient client;

	RequestLoad(RequestClient client) {
		this.client = client;
	}

	@Override
	public Measured exchange(int connections, int payload, int inFlight, Duration length) throws Exception {
		List<RequestConnection> open = new ArrayList<>();
		try {
			for (int i = 0; i < connections; i++) {
				open.add(this.client.connect());
			}
			Crew crew = new Crew(this.client.threads());
			byte[] packet = Served.packet(Served.ECHO, payload);
			LongAdder replies = new LongAdder();
			long begin = System.nanoTime();
			for (RequestConnection connection : open) {
				for (int i = 0; i < inFlight; i++) {
					crew.add(() -> replies.add(request(connection, packet, crew)));
				}
			}
			crew.workFor(length);
			crew.end();
			return new Measured(replies.sum(), System.nanoTime() - begin);
		}
		finally {
			Connections.close(open);
		}
	}

	private static long request(RequestConnection connection, byte[] packet, Crew crew) throws Exception {
		long count = 0;
		while (!crew.isOver()) {
			byte[] reply = connection.request(packet);
			if (reply.length != packet.length) {
				throw new IllegalStateException("%d bytes came back of %d".formatted(reply.length, packet.length));
			}
			count++;
		}
		return count;
	}

	@Override
	public StreamConnection openStream() throws Exception {
		RequestConnection connection = this.client.connect();
		return new StreamConnection() {

			@Override
			public void send(byte[] packet) throws Exception {
				connection.send(packet);
			}

			@Override
			public long arrived() throws Exception {
				return Served.count(connection.request(Served.packet(Served.COUNT, 1)));
			}

			@Override
			public void close() throws IOException {
				connection.close();
			}

		};
	}

	@Override
	public Connection openIdle() throws Exception {
		return this.client.connectIdle();
	}

}
