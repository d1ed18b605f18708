package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops processes while it is not their turn, and has them go on. A JVM that waits for a
 * line still wakes up dozens of times a second; all those that wait together take a spin
 * or a cache from the one whose turn it is. One thread has it; when this JVM ends, all
 * that are stopped go on, so that they see the end of their input.
 */
final class Standstill implements AutoCloseable {

	private final Set<Long> stopped = ConcurrentHashMap.newKeySet();

	Standstill() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	/** Stops processes. Where there are no signals, they wait as they are. */
	void begin(Collection<Long> processes) {
		this.stopped.addAll(processes);
		signal("-STOP", processes);
	}

	/** Has processes go on that may be stopped. */
	void end(Collection<Long> processes) {
		if (this.stopped.removeAll(processes)) {
			signal("-CONT", processes);
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
		end(List.copyOf(this.stopped));
	}

}
