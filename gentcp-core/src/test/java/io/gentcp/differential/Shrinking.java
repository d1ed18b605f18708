package io.gentcp.differential;

import java.util.List;
import java.util.function.Function;

import io.gentcp.transport.Deadline;

/**
 * Makes a script that differs shorter: drops actions and options as long as what is left
 * still differs. It ends after so many attempts, and begins none behind its deadline, so
 * that whoever waits for the report gets one. For one thread, and one script.
 */
final class Shrinking {

	/** Erlang's defaults of these are not ours, or would have a script wait for ever. */
	private static final List<String> NEEDED = List.of("active", "send_timeout", "exit_on_close");

	private final Function<Script, Comparison> compare;

	private final Deadline deadline;

	private int attemptsLeft;

	private Comparison shortest;

	/**
	 * Prepares to shrink.
	 * @param compare performs a script twice
	 */
	Shrinking(Comparison different, Function<Script, Comparison> compare, int attempts, Deadline deadline) {
		this.shortest = different;
		this.compare = compare;
		this.attemptsLeft = attempts;
		this.deadline = deadline;
	}

	/** Returns the shortest one found that differs. */
	Comparison shortest() {
		for (int count = this.shortest.script().actions().size() / 2; count > 0; count /= 2) {
			dropActions(count);
		}
		for (String option : List.copyOf(this.shortest.script().options().keySet())) {
			if (!NEEDED.contains(option) && mayTry()) {
				differs(this.shortest.script().withoutOption(option));
			}
		}
		return this.shortest;
	}

	/** Drops every run of so many actions that makes no difference. */
	private void dropActions(int count) {
		int from = 0;
		while (from + count <= this.shortest.script().actions().size() && mayTry()) {
			if (!differs(this.shortest.script().without(from, count))) {
				from += count;
			}
		}
	}

	private boolean mayTry() {
		return this.attemptsLeft > 0 && !this.deadline.hasPassed();
	}

	private boolean differs(Script shorter) {
		this.attemptsLeft--;
		try {
			Comparison comparison = this.compare.apply(shorter);
			if (comparison.isAlike()) {
				return false;
			}
			this.shortest = comparison;
			return true;
		}
		catch (RuntimeException | AssertionError ex) {
			// What is left makes no sense, which says nothing of the difference.
			return false;
		}
	}

}
