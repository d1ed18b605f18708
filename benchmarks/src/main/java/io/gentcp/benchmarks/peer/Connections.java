package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.util.List;

/** The connections of a round. */
final class Connections {

	private Connections() {
	}

	static void close(List<? extends Connection> connections) throws IOException {
		for (Connection connection : connections) {
			connection.close();
		}
	}

}
