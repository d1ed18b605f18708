package io.gentcp.spring.sidebyside;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static io.gentcp.spring.sidebyside.Library.PATIENCE;
import static org.awaitility.Awaitility.await;

/** A thread that sends one packet, and how that ends. */
record Sender(Thread thread, CompletableFuture<Optional<Exception>> outcome) {

	static Sender of(Client client, byte[] packet) {
		CompletableFuture<Optional<Exception>> outcome = new CompletableFuture<>();
		return new Sender(Thread.ofPlatform().daemon().start(() -> {
			try {
				client.send(packet);
				outcome.complete(Optional.empty());
			}
			catch (Exception ex) {
				outcome.complete(Optional.of(ex));
			}
		}), outcome);
	}

	/** Waits until the thread is within this method. */
	void awaitWithin(String type, String method) {
		await().atMost(PATIENCE)
			.until(() -> Arrays.stream(this.thread.getStackTrace())
				.anyMatch((call) -> call.getClassName().equals(type) && call.getMethodName().equals(method)));
	}

	/** Waits for the end of the send; what it threw, if it did. */
	Optional<Exception> awaitOutcome() throws Exception {
		return this.outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	boolean isWaiting() {
		return !this.outcome.isDone();
	}

}
