package io.gentcp.packet;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of what we do otherwise than Erlang says which vectors differ, and no others
 * do.
 */
class DocumentedDifferencesTests {

	private static final Path DOCS = Path.of("..", "docs", "packet-types.md");

	/** The name and the rows: {@code | `ipv6-host` | decode 2648-2653, 2775 | ...}. */
	private static final Pattern ROW = Pattern
		.compile("^\\| `([a-z0-9-]+)` \\| (?:(?:decode|encode) )?([-0-9, ]+|none) \\|", Pattern.MULTILINE);

	@Test
	void theTableListsEveryVectorThatDiffersByDecisionAndNoOther() throws Exception {
		VectorRun run = new VectorRun();
		URL vectors = PacketVectorTests.class.getResource("/otp/decode.jsonl");
		assertThat(vectors).isNotNull();
		run.folder(Path.of(vectors.toURI()).getParent());
		Map<String, List<Integer>> differing = new TreeMap<>();
		for (Difference difference : Difference.values()) {
			differing.put(difference.title(), run.differing().getOrDefault(difference, List.of()));
		}
		Map<String, List<Integer>> documented = new TreeMap<>();
		ROW.matcher(section()).results().forEach((row) -> documented.put(row.group(1), ids(row)));
		assertThat(documented).isEqualTo(differing);
	}

	/** Other tables of the page look alike. */
	private static String section() throws IOException {
		String page = Files.readString(DOCS);
		return page.substring(page.indexOf("## Where gentcp differs from Erlang"));
	}

	private static List<Integer> ids(MatchResult row) {
		if (row.group(2).equals("none")) {
			return List.of();
		}
		return Arrays.stream(row.group(2).split(","))
			.map(String::strip)
			.flatMapToInt(DocumentedDifferencesTests::range)
			.boxed()
			.toList();
	}

	private static IntStream range(String ids) {
		String[] ends = ids.split("-");
		return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
	}

}
