package io.gentcp.differential;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A script and what came of it, in Erlang and with us. */
record Comparison(Script script, List<String> otp, List<String> ours) {

	/** Whether nothing differs but by decision. */
	boolean isAlike() {
		return all().allMatch((at) -> isSame(at) || isByDecision(at));
	}

	long asOtp() {
		return all().filter(this::isSame).count();
	}

	long byDecision() {
		return all().filter((at) -> !isSame(at) && isByDecision(at)).count();
	}

	private IntStream all() {
		return IntStream.range(0, this.script.actions().size());
	}

	private boolean isSame(int at) {
		return this.otp.get(at).equals(this.ours.get(at));
	}

	private boolean isByDecision(int at) {
		return Normalisation.of(outcome(at)).isPresent();
	}

	private Normalisation.Outcome outcome(int at) {
		return new Normalisation.Outcome(this.script, at, this.otp, this.ours);
	}

	/** Shows the steps with both outcomes; where they differ, ours is below Erlang's. */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.script.toString());
		all().forEach((at) -> {
			text.append(
					"%n%4d. %s%n        otp:    %s".formatted(at + 1, this.script.actions().get(at), this.otp.get(at)));
			if (!isSame(at)) {
				String why = Normalisation.of(outcome(at))
					.map((one) -> one.decision().name().toLowerCase(Locale.ROOT))
					.orElse("DIFFERENT");
				text.append("%n        gentcp: %s   <- %s".formatted(this.ours.get(at), why));
			}
		});
		return text.toString();
	}

}
