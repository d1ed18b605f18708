package io.gentcp.spring.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.spring.load.LoadClient.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server with many connections from a second process, some of which talk: nothing is
 * lost, and what it needs of memory and threads does not grow with time. Prints a table.
 */
@Tag("load")
class LoadTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final LoadSize size = LoadSize.ofSystemProperties();

	private final ServedPackets served = new ServedPackets(this.size.connections());

	private final List<String> notes = new ArrayList<>();

	@Test
	void anApplicationLosesNothingAndItsMemoryStaysFlat() throws Exception {
		try (LoadedServer server = ApplicationServer.start(this.size, this.served)) {
			load("Spring Boot application with a listener", server);
		}
	}

	@Test
	void coreAloneLosesNothingAndItsMemoryStaysFlat() throws Exception {
		try (LoadedServer server = CoreServer.start(this.served)) {
			load("Core alone", server);
		}
	}

	private void load(String title, LoadedServer server) throws Exception {
		this.size.requireDescriptors();
		MemoryTable memory = new MemoryTable(server, this.served);
		try (ClientProcess client = ClientProcess.start(server.port(), this.size)) {
			long before = memory.add("before").heap();
			connect(server, client);
			long idle = memory.add("all idle").heap();
			this.notes
				.add("%,d bytes of heap for each idle connection".formatted((idle - before) / this.size.connections()));
			talk(client, memory);
			assertThat(client.tell(Order.LET_THE_IDLE_SPEAK)).as("with one packet of each idle connection")
				.isEqualTo(this.served.tally());
			assertThat(server.connections()).isEqualTo(this.size.connections());
			client.end();
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.connections()).isZero());
			memory.add("all closed");
			memory.assertFlat();
			memory.assertIndependentOfConnections();
		}
		finally {
			System.out.printf("%n%s, Java %s, %d processors%n%s%n%n%s%n%s%n%n", title,
					System.getProperty("java.version"), Runtime.getRuntime().availableProcessors(), this.size, memory,
					String.join("\n", this.notes));
		}
	}

	private void connect(LoadedServer server, ClientProcess client) throws Exception {
		long start = System.nanoTime();
		client.tell(Order.CONNECT);
		await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(server.connections()).isEqualTo(this.size.connections()));
		this.notes.add("%,d ms until all were connected and accepted, with the start of the client's JVM"
			.formatted(Duration.ofNanos(System.nanoTime() - start).toMillis()));
	}

	private void talk(ClientProcess client, MemoryTable memory) throws Exception {
		long start = System.nanoTime();
		client.tell(Order.TALK);
		for (int i = 0; i < LoadSize.SAMPLES; i++) {
			client.letRun(this.size.betweenSamples());
			memory.addWhileTalking(Duration.ofNanos(System.nanoTime() - start).toSeconds());
		}
		Tally exchanged = client.tell(Order.BE_QUIET);
		assertThat(exchanged).as("what both ends have counted").isEqualTo(this.served.tally());
		assertThat(exchanged.packets()).isGreaterThanOrEqualTo(this.size.talking());
		this.notes.add("%,d requests (%,d bytes), each with its reply (%,d bytes); none lost, damaged or out of order"
			.formatted(exchanged.packets(), exchanged.requestBytes(), exchanged.replyBytes()));
	}

}
