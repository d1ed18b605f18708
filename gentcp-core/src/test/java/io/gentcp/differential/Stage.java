package io.gentcp.differential;

import java.util.List;
import java.util.Set;

import io.gentcp.test.ErlangNode;

/** An Erlang node on which scripts are performed, one after the other. For one thread. */
final class Stage implements AutoCloseable {

	/** How often a script is made shorter and tried again. */
	private static final int ATTEMPTS = 60;

	/** Erlang's defaults of these are not ours, or would have a script wait for ever. */
	private static final Set<String> NEEDED = Set.of("active", "send_timeout", "exit_on_close");

	private final ErlangNode erlang = ErlangNode.start();

	/** Compares briskly, and once more with patience if it seems to differ. */
	Comparison compare(Script script) {
		Comparison brisk = compare(script, Pace.BRISK);
		return brisk.isAlike() ? brisk : compare(script, Pace.PATIENT);
	}

	private Comparison compare(Script script, Pace pace) {
		List<String> otp = Performance.of(script, OtpSubject.on(this.erlang, script.backend(), pace), List.of());
		List<String> ours = Performance.of(script, new GentcpSubject(script.backend(), pace), otp);
		return new Comparison(script, otp, ours);
	}

	/** Drops actions as long as what is left still differs. */
	Comparison shrink(Comparison different) {
		Comparison shortest = different;
		int attempts = 0;
		for (int count = different.script().actions().size() / 2; count > 0; count /= 2) {
			int from = 0;
			while (from + count <= shortest.script().actions().size() && attempts < ATTEMPTS) {
				attempts++;
				Comparison shorter = compare(shortest.script().without(from, count));
				if (shorter.isAlike()) {
					from += count;
				}
				else {
					shortest = shorter;
				}
			}
		}
		for (String option : different.script().options().keySet()) {
			if (!NEEDED.contains(option)) {
				Comparison shorter = compare(shortest.script().withoutOption(option));
				shortest = shorter.isAlike() ? shortest : shorter;
			}
		}
		return shortest;
	}

	@Override
	public void close() {
		this.erlang.close();
	}

}
