package io.gentcp.scenarios;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The time since it was made: OTP's words for it, with generous limits. */
record Elapsed(long start) {

	private static final Duration SOON = Duration.ofSeconds(10);

	static Elapsed now() {
		return new Elapsed(System.nanoTime());
	}

	String about(int millis) {
		assertThat(passed()).isBetween(Duration.ofMillis(millis).minusMillis(60), SOON);
		return "{about,%d}".formatted(millis);
	}

	String immediate() {
		assertThat(passed()).isLessThan(SOON);
		return "immediate";
	}

	private Duration passed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

}
