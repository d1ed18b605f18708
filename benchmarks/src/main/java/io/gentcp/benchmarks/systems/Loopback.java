package io.gentcp.benchmarks.systems;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** What the servers of several systems do in the same way. */
final class Loopback {

	private static final int PATIENCE_MILLIS = 20_000;

	private Loopback() {
	}

	/** Accepts connections on a thread of its own, until the process ends. */
	static void accept(Accept accept) {
		Thread.ofPlatform().daemon().name("accept").start(() -> {
			while (true) {
				try {
					accept.next();
				}
				catch (Exception ex) {
					failed(ex);
				}
			}
		});
	}

	/** Waits until a server that listens in the background does. */
	static void await(BooleanSupplier isListening) throws IOException, InterruptedException {
		for (int left = PATIENCE_MILLIS; !isListening.getAsBoolean(); left--) {
			if (left == 0) {
				throw new IOException("the server does not listen");
			}
			Thread.sleep(1);
		}
	}

	/** Leaves a trace of what went wrong: the driver keeps what a process prints here. */
	static void failed(Throwable cause) {
		System.err.println(cause);
	}

	/** Accepts the next connection and sees to it that it is served. */
	interface Accept {

		void next() throws Exception;

	}

}
