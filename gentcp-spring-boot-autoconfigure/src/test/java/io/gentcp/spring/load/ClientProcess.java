package io.gentcp.spring.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A second JVM that runs {@link LoadClient}; closing it ends it, whatever it does. */
final class ClientProcess implements AutoCloseable {

	static final String DONE = "done ";

	static final String FAILED = "failed ";

	/** Longer than the client's own waits, so that it can say what it waited for. */
	private static final Duration PATIENCE = LoadClient.PATIENCE.multipliedBy(3);

	private final Process process;

	private final Writer orders;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private ClientProcess(Process process) {
		this.process = process;
		this.orders = process.outputWriter(StandardCharsets.UTF_8);
	}

	static ClientProcess start(int port, LoadSize size) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ClientProcess client = new ClientProcess(new ProcessBuilder(
				List.of(java, "-Xmx1g", "-cp", System.getProperty("java.class.path"), LoadClient.class.getName(),
						String.valueOf(port), String.valueOf(size.connections()), String.valueOf(size.talking())))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
		Thread.ofPlatform().daemon().name("answers").start(client::readAnswers);
		return client;
	}

	private void readAnswers() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			output.lines().forEach(this.answers::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// It is gone, which whoever waits for an answer finds out.
		}
		this.answers.add(FAILED + "the client has ended");
	}

	/**
	 * Has it do something, and returns what it has exchanged in all when that is done.
	 */
	Tally tell(LoadClient.Order order) throws Exception {
		this.orders.write(order + "\n");
		this.orders.flush();
		String answer = this.answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(answer).as("answer to %s", order).isNotNull().startsWith(DONE);
		return Tally.parse(answer.substring(DONE.length()));
	}

	/** Lets it go on for a while; fails if it ends meanwhile. */
	void letRun(Duration time) throws InterruptedException {
		assertThat(this.process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)).as("the client has ended").isFalse();
	}

	/** Ends its input, upon which it closes its connections, and waits for its end. */
	void end() throws Exception {
		this.orders.close();
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("the client has ended").isTrue();
		assertThat(this.process.exitValue()).as("exit value of the client").isZero();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
