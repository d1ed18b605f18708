package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client that does what it is told. One thread has it. */
final class ClientRole {

	private final Client client;

	private final Load load;

	private final List<Connection> idle = new ArrayList<>();

	ClientRole(Client client) {
		this.client = client;
		this.load = Load.of(client);
	}

	String run(String[] command) throws Exception {
		Measured measured = switch (command[0]) {
			case "exchange" -> this.load.exchange(number(command[1]), number(command[2]), number(command[3]),
					Duration.ofMillis(number(command[4])));
			case "stream" -> new Stream(this.load, this.client.threads()).run(number(command[1]), number(command[2]),
					Duration.ofMillis(number(command[3])));
			case "open" -> open(number(command[1]));
			case "close" -> close();
			default -> throw new IllegalArgumentException("there is no command '%s'".formatted(command[0]));
		};
		return "done %d %d".formatted(measured.packets(), measured.nanos());
	}

	private Measured open(int connections) throws Exception {
		long begin = System.nanoTime();
		while (this.idle.size() < connections) {
			this.idle.add(this.load.openIdle());
		}
		return new Measured(this.idle.size(), System.nanoTime() - begin);
	}

	private Measured close() throws IOException {
		long begin = System.nanoTime();
		Connections.close(this.idle);
		int closed = this.idle.size();
		this.idle.clear();
		return new Measured(closed, System.nanoTime() - begin);
	}

	private static int number(String text) {
		return Integer.parseInt(text);
	}

}
