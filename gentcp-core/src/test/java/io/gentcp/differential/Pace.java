package io.gentcp.differential;

import java.time.Duration;

/**
 * How long what does not happen is waited for. Whatever happens in time at one pace may
 * be late at another, on a busy machine; so what differs at the first pace counts only if
 * it differs at the patient one as well.
 *
 * @param timeout how long receives and sends wait
 * @param quiet after how long without a message there is none
 */
record Pace(Duration timeout, Duration quiet) {

	static final Pace BRISK = new Pace(Duration.ofMillis(40), Duration.ofMillis(40));

	static final Pace PATIENT = new Pace(Duration.ofMillis(400), Duration.ofMillis(500));

	/** How long what is certain to happen may take. */
	static final Duration PATIENCE = Duration.ofSeconds(10);

}
