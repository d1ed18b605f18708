package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops processes while it is not their turn, and has them go on. A JVM that waits for a
 * line still wakes up dozens of times a second; all those that wait together take a spin
 * or a cache from the one whose turn it is. When this JVM ends, all that are stopped go
 * on, so that they see the end of their input, and none is stopped any more. One thread
 * has it; that end comes from another.
 */
final class Standstill implements AutoCloseable {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<Long> stopped = new HashSet<>();

	private boolean closed;

	Standstill() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	/** Stops processes. Where there are no signals, they wait as they are. */
	void begin(Collection<Long> processes) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.stopped.addAll(processes);
				signal("-STOP", processes);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Has processes go on that may be stopped. */
	void end(Collection<Long> processes) {
		this.lock.lock();
		try {
			if (this.stopped.removeAll(processes)) {
				signal("-CONT", processes);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void signal(String name, Collection<Long> processes) {
		List<String> command = new ArrayList<>(List.of("kill", name));
		processes.forEach((process) -> command.add(Long.toString(process)));
		try {
			new ProcessBuilder(command).start().waitFor();
		}
		catch (IOException ex) {
			// No such command: an operating system without signals.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Has all go on. */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			end(List.copyOf(this.stopped));
		}
		finally {
			this.lock.unlock();
		}
	}

}
