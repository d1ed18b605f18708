package io.gentcp.test;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for whoever has to know it before it listens. Where the one that listens tells
 * its port, port 0 is better.
 */
public final class FreePort {

	private static final int LOWEST = 10_000;

	/**
	 * From 32768 on Linux gives ports to whoever connects: one of those may be taken by
	 * chance before the test listens on it.
	 */
	private static final int HIGHEST = 32_000;

	private static final int MOST_TRIES = 1_000;

	private FreePort() {
	}

	/**
	 * Returns a port on which nobody listens now.
	 * @return another one most times, so that tests that run side by side do not meet
	 * @throws IllegalStateException if there seems to be none
	 */
	public static int find() {
		for (int i = 0; i < MOST_TRIES; i++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("no port from %d to %d is free".formatted(LOWEST, HIGHEST));
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
