package io.gentcp.packet;

import java.nio.file.Path;
import java.util.Map;

import io.gentcp.packet.AnswerCounts.Kind;
import io.gentcp.test.ErlangNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * {@code erlang:decode_packet/3} of the Erlang that is installed, and our codecs, asked
 * the same. Each run asks something else; {@code -Dgentcp.fuzz.seed=...} repeats one.
 */
@Tag("interop")
@Timeout(300)
class ErlangDecodeTests {

	private static final int QUESTIONS = 100_000;

	@TempDir
	private Path folder;

	@Test
	void whateverComesIsDecodedAsErlangDecodesIt() {
		assumeTrue(ErlangNode.isInstalled(), ErlangNode.HOW_TO_INSTALL);
		long seed = Long.getLong("gentcp.fuzz.seed", System.nanoTime());
		try (ErlangAnswers erlang = ErlangAnswers.start(this.folder)) {
			DecodeComparison comparison = new DecodeComparison(erlang, new Chance(seed));
			comparison.run(QUESTIONS);
			String run = "decode_packet of %s, -Dgentcp.fuzz.seed=%d: %s".formatted(erlang.name(), seed,
					comparison.counts());
			System.out.println(run);
			assertThat(comparison.failures()).as(run).isEmpty();
			assertReachesDeep(run, comparison.counts());
		}
	}

	/** What is mostly refused, or never, would compare nothing. */
	private static void assertReachesDeep(String run, AnswerCounts counts) {
		assertThat(counts.of(Kind.PACKET)).as(run).isGreaterThan(QUESTIONS / 3);
		assertThat(counts.of(Kind.MORE)).as(run).isGreaterThan(QUESTIONS / 10);
		assertThat(counts.of(Kind.INVALID)).as(run).isGreaterThan(QUESTIONS / 10);
		assertThat(counts.of(Kind.DIFFERENT)).as(run).isGreaterThan(QUESTIONS / 1000);
		assertThat(counts.ofTypes()).as(run).hasSize(16).allSatisfy(ErlangDecodeTests::assertReachesDeep);
		assertThat(counts.ofTerms()).as(run)
			.containsOnlyKeys("http_request", "http_response", "http_header", "http_error", "http_eoh", "ssl_tls")
			.allSatisfy((term, count) -> assertThat(count).as(term).isGreaterThan(QUESTIONS / 200));
	}

	private static void assertReachesDeep(String type, Map<Kind, Integer> kinds) {
		int all = kinds.values().stream().mapToInt(Integer::intValue).sum();
		assertThat(kinds.getOrDefault(Kind.PACKET, 0)).as(type).isGreaterThan(all / 5);
		if (PacketType.of(type).isFramed()) {
			assertThat(kinds.getOrDefault(Kind.MORE, 0)).as(type).isGreaterThan(all / 20);
			assertThat(kinds.getOrDefault(Kind.INVALID, 0)).as(type).isGreaterThan(all / 20);
		}
	}

}
