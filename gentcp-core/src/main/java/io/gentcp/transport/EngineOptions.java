package io.gentcp.transport;

import java.time.Duration;

/**
 * How an engine spends processors. Immutable.
 *
 * @param pollers the number of poller threads, at least 1; one for every two processors
 * by default
 * @param spin how long a thread that waits for bytes looks again and again before it goes
 * to sleep, where that has paid so far; zero for not at all. Being woken costs more than
 * most answers take, so by default it is 200 microseconds, and none if there is only one
 * processor. At most half of the processors spin at a time. It counts as use of the
 * processor, which matters where that is limited
 * @param cork whether small packets may wait for the next one, a millisecond or two at
 * most, to go out in one call: those of a sender that has received further packets
 * already, and those that come faster than they can be written one by one; true by
 * default. On the socket backend only those may that were begun and nobody waits for yet
 */
public record EngineOptions(int pollers, Duration spin, boolean cork) {

	/** The longest time to spin. */
	public static final Duration LONGEST_SPIN = Duration.ofMillis(10);

	private static final Duration USUAL_SPIN = Duration.ofNanos(200_000);

	public EngineOptions {
		if (pollers < 1) {
			throw new IllegalArgumentException("pollers is %d; at least 1 is needed".formatted(pollers));
		}
		if (spin.isNegative() || spin.compareTo(LONGEST_SPIN) > 0) {
			throw new IllegalArgumentException(
					"spin is %s; it must be zero to 10 milliseconds, for a processor does nothing else meanwhile"
						.formatted(spin));
		}
	}

	/** Returns what suits the processors of this machine. */
	public static EngineOptions defaults() {
		int processors = Runtime.getRuntime().availableProcessors();
		return new EngineOptions(Math.max(1, processors / 2), (processors > 1) ? USUAL_SPIN : Duration.ZERO, true);
	}

	/** Sets the number of poller threads. */
	public EngineOptions pollers(int pollers) {
		return new EngineOptions(pollers, this.spin, this.cork);
	}

	/** Sets how long a waiting thread looks again before it goes to sleep. */
	public EngineOptions spin(Duration spin) {
		return new EngineOptions(this.pollers, spin, this.cork);
	}

	/** Sets whether small packets may wait a moment for the next one. */
	public EngineOptions cork(boolean cork) {
		return new EngineOptions(this.pollers, this.spin, cork);
	}

}
