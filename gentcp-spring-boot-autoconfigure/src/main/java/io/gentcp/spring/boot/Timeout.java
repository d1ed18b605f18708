package io.gentcp.spring.boot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.gentcp.SocketOptions;

import org.springframework.boot.convert.DurationStyle;

/**
 * How long to wait, as a property: {@code 5000} and {@code 5000ms} are milliseconds,
 * {@code 5s} and {@code PT5S} five seconds, and {@code infinity} is for ever.
 *
 * @param duration how long; {@link SocketOptions#INFINITY} for ever
 */
public record Timeout(Duration duration) {

	static final String ALLOWED = "milliseconds such as 5000, a duration such as 5s or 5000ms, or infinity";

	private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS,
			ChronoUnit.MILLIS, ChronoUnit.MICROS);

	/**
	 * Makes a timeout.
	 * @throws IllegalArgumentException if it is negative
	 */
	public Timeout {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("timeout %s is negative; allowed: %s".formatted(duration, ALLOWED));
		}
	}

	/**
	 * The timeout that a text stands for.
	 * @throws IllegalArgumentException if it stands for none, with what is allowed
	 */
	public static Timeout of(String text) {
		if (text.strip().equalsIgnoreCase("infinity")) {
			return new Timeout(SocketOptions.INFINITY);
		}
		try {
			return new Timeout(DurationStyle.detectAndParse(text.strip()));
		}
		catch (IllegalArgumentException | ArithmeticException | DateTimeException ex) {
			throw new IllegalArgumentException("timeout '%s' is unknown; allowed: %s".formatted(text, ALLOWED), ex);
		}
	}

	/** The timeout of this many milliseconds. */
	public static Timeout of(Integer millis) {
		return new Timeout(Duration.ofMillis(millis));
	}

	/** The timeout of this many milliseconds. */
	public static Timeout of(Long millis) {
		return new Timeout(Duration.ofMillis(millis));
	}

	/** Shows what can be parsed again, in the largest unit that is whole: {@code 30s}. */
	@Override
	public String toString() {
		if (this.duration.equals(SocketOptions.INFINITY)) {
			return "infinity";
		}
		if (this.duration.isZero()) {
			return "0s";
		}
		return UNITS.stream()
			.filter((unit) -> this.duration.equals(this.duration.truncatedTo(unit)))
			.findFirst()
			.map((unit) -> DurationStyle.SIMPLE.print(this.duration, unit))
			.orElseGet(this.duration::toString);
	}

}
