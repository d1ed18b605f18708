package io.gentcp.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.gentcp.transport.Backend;
import io.gentcp.transport.Deadline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A script that differs is made shorter, but not for ever. */
class ShrinkingTests {

	/** The one action that makes a difference. */
	private static final Action CULPRIT = new Action.Send(99);

	private final List<Script> tried = new ArrayList<>();

	@Test
	void onlyWhatMakesTheDifferenceIsLeft() {
		Script shortest = shrunk(1000, Deadline.INFINITE).script();
		assertThat(shortest.actions()).containsExactly(CULPRIT);
		assertThat(shortest.options()).containsOnlyKeys("active");
	}

	@Test
	void aScriptThatCannotBePerformedIsNoShorterOne() {
		Comparison shortest = new Shrinking(compared(script()), (shorter) -> {
			assertThat(shorter.actions()).hasSizeGreaterThan(4);
			return compared(shorter);
		}, 1000, Deadline.INFINITE).shortest();
		assertThat(shortest.script().actions()).hasSize(5).contains(CULPRIT);
	}

	@Test
	void noMoreIsTriedThanIsAllowed() {
		Comparison shortest = shrunk(3, Deadline.INFINITE);
		assertThat(this.tried).hasSize(3);
		assertThat(shortest.isAlike()).isFalse();
	}

	@Test
	void nothingIsTriedBehindTheDeadline() {
		Comparison shortest = shrunk(1000, Deadline.after(Duration.ZERO));
		assertThat(this.tried).isEmpty();
		assertThat(shortest.script()).isEqualTo(script());
	}

	private Comparison shrunk(int attempts, Deadline deadline) {
		return new Shrinking(compared(script()), (shorter) -> {
			this.tried.add(shorter);
			return compared(shorter);
		}, attempts, deadline).shortest();
	}

	private static Script script() {
		List<Action> actions = new ArrayList<>(IntStream.range(0, 19).mapToObj(Action.Send::new).toList());
		actions.add(7, CULPRIT);
		return new Script(1, Backend.INET, true, Map.of("active", "once", "linger", "0"), actions);
	}

	private static Comparison compared(Script script) {
		List<String> otp = script.actions().stream().map(Action::toString).toList();
		List<String> ours = script.actions()
			.stream()
			.map((one) -> one.equals(CULPRIT) ? "else" : one.toString())
			.toList();
		return new Comparison(script, otp, ours);
	}

}
