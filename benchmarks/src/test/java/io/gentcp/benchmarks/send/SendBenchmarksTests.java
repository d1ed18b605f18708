package io.gentcp.benchmarks.send;

import io.gentcp.SendResult;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is measured does what it says. */
@Timeout(60)
class SendBenchmarksTests {

	private static final int PACKETS = 1_000;

	@ParameterizedTest
	@ValueSource(strings = { "inet", "socket" })
	void whatIsSentArrives(String backend) throws Exception {
		Sender sender = new Sender();
		sender.backend = backend;
		sender.connect();
		try {
			for (int i = 0; i < PACKETS; i++) {
				assertThat(new SendBenchmarks().alone(sender)).isEqualTo(new SendResult.Sent());
			}
			await().until(() -> sender.peer().received() == PACKETS * 68L);
		}
		finally {
			sender.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inline", "virtual" })
	void whatIsAskedComesBack(String handler) throws Exception {
		EchoServer server = new EchoServer();
		server.handler = handler;
		server.connect();
		try {
			for (int i = 0; i < PACKETS; i++) {
				assertThat(new HandOverBenchmarks().roundTrip(server)).isEqualTo(64);
			}
		}
		finally {
			server.close();
		}
	}

}
