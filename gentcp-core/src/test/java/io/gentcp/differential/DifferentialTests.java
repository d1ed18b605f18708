package io.gentcp.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.gentcp.test.ErlangNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Random scripts end with us as they end in Erlang, on the same backend, but for our
 * decisions. {@code -Dgentcp.differential.seed} repeats a run, and one script of it with
 * {@code -Dgentcp.differential.scripts=1} and the seed that it was reported with.
 */
class DifferentialTests {

	/** Each has an Erlang node; they wait more than they work. */
	private static final int STAGES = 4;

	/** A build says the same of the same commit; others are tried where time is. */
	private static final long SEED_OF_EVERY_BUILD = 20261127;

	@BeforeEach
	void erlangIsInstalled() {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
	}

	@Test
	@Tag("interop")
	@Timeout(300)
	void aFewRandomScriptsEndAsInErlang() throws Exception {
		perform(Integer.getInteger("gentcp.differential.scripts", 50), SEED_OF_EVERY_BUILD);
	}

	@Test
	@Tag("slow")
	@Timeout(1800)
	void manyRandomScriptsEndAsInErlang() throws Exception {
		perform(Integer.getInteger("gentcp.differential.scripts", 500), System.nanoTime());
	}

	private static void perform(int scripts, long otherwise) throws ExecutionException, InterruptedException {
		long seed = Long.getLong("gentcp.differential.seed", otherwise);
		AtomicLong next = new AtomicLong(seed);
		List<Comparison> all = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(STAGES)) {
			List<Future<List<Comparison>>> stages = LongStream.range(0, Math.min(STAGES, scripts))
				.mapToObj((stage) -> threads.submit(() -> performSome(next, seed + scripts)))
				.toList();
			for (Future<List<Comparison>> stage : stages) {
				all.addAll(stage.get());
			}
		}
		System.out.printf("differential: %d scripts, %d steps as OTP, %d normalised by decision%n", all.size(),
				all.stream().mapToLong(Comparison::asOtp).sum(), all.stream().mapToLong(Comparison::byDecision).sum());
		assertThat(all).hasSize(scripts);
	}

	private static List<Comparison> performSome(AtomicLong next, long end) {
		List<Comparison> some = new ArrayList<>();
		try (Stage stage = new Stage()) {
			for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
				some.add(perform(stage, seed));
			}
			return some;
		}
		finally {
			// One that failed is enough: the others begin no more scripts.
			next.set(end);
		}
	}

	private static Comparison perform(Stage stage, long seed) {
		String repeating = "-Dgentcp.differential.scripts=1 -Dgentcp.differential.seed=%d repeats it".formatted(seed);
		Comparison comparison;
		try {
			comparison = stage.compare(ScriptWriter.of(seed));
		}
		catch (RuntimeException | AssertionError ex) {
			throw new AssertionError("a script cannot be performed; " + repeating, ex);
		}
		if (comparison.isAlike()) {
			return comparison;
		}
		// At once: to make it shorter takes a while, and somebody may not wait.
		String report = "a script does not end as in Erlang; %s%n%s".formatted(repeating, comparison);
		System.out.println("differential: " + report);
		throw new AssertionError(
				"%s%n%nthe shortest one found that differs:%n%s".formatted(report, stage.shrink(comparison)));
	}

}
