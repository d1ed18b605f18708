package io.gentcp.differential;

import java.time.Duration;
import java.util.List;

import io.gentcp.test.ErlangNode;
import io.gentcp.transport.Deadline;

/** An Erlang node on which scripts are performed, one after the other. For one thread. */
final class Stage implements AutoCloseable {

	/** How often a script is made shorter and tried again, at most. */
	private static final int ATTEMPTS = 60;

	/** After so long, what differs is reported as short as it is by then. */
	private static final Duration LONGEST = Duration.ofSeconds(60);

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

	/** Returns the shortest script found within a minute that still differs. */
	Comparison shrink(Comparison different) {
		return new Shrinking(different, this::compare, ATTEMPTS, Deadline.after(LONGEST)).shortest();
	}

	@Override
	public void close() {
		this.erlang.close();
	}

}
