package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;

import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Records with JFR where the processor time of this JVM goes, native calls included: an
 * event for so much time of whatever thread. One thread has it.
 */
final class Profiler {

	private static final String EVENT = "jdk.CPUTimeSample";

	private @Nullable Recording recording;

	/** Begins to record. */
	void begin() {
		boolean known = FlightRecorder.getFlightRecorder()
			.getEventTypes()
			.stream()
			.anyMatch((type) -> type.getName().equals(EVENT));
		if (!known) {
			throw new IllegalStateException("a profile needs the event %s, of JDK 25 on Linux".formatted(EVENT));
		}
		Recording recording = new Recording();
		recording.enable(EVENT).with("throttle", "2ms");
		recording.start();
		this.recording = recording;
	}

	/** Ends the recording, and writes it to a file. */
	void end(Path file) throws IOException {
		if (this.recording == null) {
			throw new IllegalStateException("nothing is recorded");
		}
		try (Recording recording = this.recording) {
			recording.stop();
			recording.dump(file);
		}
		finally {
			this.recording = null;
		}
	}

}
