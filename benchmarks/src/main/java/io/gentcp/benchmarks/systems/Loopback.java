package io.gentcp.benchmarks.systems;

/** What the servers of several systems do in the same way. */
final class Loopback {

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

	/** Leaves a trace of what went wrong: the driver keeps what a process prints here. */
	static void failed(Throwable cause) {
		System.err.println(cause);
	}

	/** Accepts the next connection and sees to it that it is served. */
	interface Accept {

		void next() throws Exception;

	}

}
