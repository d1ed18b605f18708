package io.gentcp.scenarios;

import java.lang.reflect.Method;
import java.util.List;

import io.gentcp.transport.Backend;

import static org.assertj.core.api.Assertions.assertThat;

/** One of OTP's scenarios; its id is the name of the test. */
record Scenario(Method test, Tally tally) {

	/**
	 * Compares our outcome with OTP's on the same backend, and with what was decided
	 * where anything was.
	 */
	void cameTo(Backend backend, String ours) {
		String id = this.test.getName();
		String otp = OtpOutcomes.of(backend, id);
		List<Differs> decisions = List.of(this.test.getAnnotationsByType(Differs.class))
			.stream()
			.filter((differs) -> differs.on() == backend)
			.toList();
		if (otp.equals("n_a")) {
			this.tally.notApplicable(id, backend);
		}
		else if (decisions.isEmpty()) {
			assertThat(new TermPattern(ours).matches(otp)).as("ours is %s, OTP's is %s", ours, otp).isTrue();
			this.tally.asOtp(id, backend);
		}
		else {
			TermPattern decided = decisions.stream()
				.map((differs) -> new TermPattern(differs.ours()).expandedTo(ours))
				.reduce(new TermPattern(TermPattern.ANYTHING), TermPattern::and);
			assertThat(decided.explains(ours, otp))
				.as("ours is %s, decided was %s, OTP's is %s", ours, decided.text(), otp)
				.isTrue();
			assertThat(new TermPattern(ours).matches(otp)).as("ours is OTP's: %s", ours).isFalse();
			this.tally.differs(id, backend);
		}
	}

}
