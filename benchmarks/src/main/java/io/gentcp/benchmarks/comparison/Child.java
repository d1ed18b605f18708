package io.gentcp.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers each line with a line. One thread has it; a virtual thread of
 * its own reads what it prints.
 */
final class Child implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final String END = "";

	private final Process process;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private Child(Process process) {
		this.process = process;
		Thread.ofVirtual().start(this::read);
	}

	/**
	 * Starts a program.
	 * @param log gets what it prints on its standard error
	 */
	static Child start(List<String> command, Path log) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
		return new Child(builder.start());
	}

	long pid() {
		return this.process.pid();
	}

	private void read() {
		try (BufferedReader in = this.process.inputReader()) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				this.answers.add(line);
			}
		}
		catch (IOException ex) {
			// The process has ended.
		}
		this.answers.add(END);
	}

	/** Tells it something, and waits for the answer. */
	String ask(String command, Duration patience) throws IOException {
		this.process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
		this.process.getOutputStream().flush();
		return answer(patience);
	}

	/** Waits for what it says next. */
	String answer(Duration patience) throws IOException {
		try {
			String answer = this.answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
			if (answer == null) {
				throw new IOException("no answer within %d s".formatted(patience.toSeconds()));
			}
			if (answer.equals(END)) {
				throw new IOException("the process has ended");
			}
			if (answer.startsWith("failed ")) {
				throw new IOException(answer.substring("failed ".length()));
			}
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
	}

	/** Ends it: by the end of its input, or if that does not help by force. */
	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
