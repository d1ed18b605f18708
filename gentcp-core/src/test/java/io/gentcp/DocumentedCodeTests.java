package io.gentcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A code block below the path of a source file is the code of that file, which is tested.
 */
class DocumentedCodeTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("<!-- (\\S+\\.java) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

	@Test
	void theCodeInTheDocsIsTheCodeThatIsTested() throws Exception {
		List<MatchResult> blocks;
		try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
			blocks = pages.filter((page) -> page.toString().endsWith(".md"))
				.flatMap(DocumentedCodeTests::blocks)
				.toList();
		}
		assertThat(blocks).isNotEmpty();
		for (MatchResult block : blocks) {
			String source = Files.readString(ROOT.resolve(block.group(1)));
			// A class of its own, or one within another.
			String code = block.group(2);
			assertThat(source.endsWith("\n\n" + code) || source.contains(code.replaceAll("(?m)^(?=.)", "\t")))
				.as("the code of %s in the docs", block.group(1))
				.isTrue();
		}
	}

	private static Stream<MatchResult> blocks(Path page) {
		try {
			return BLOCK.matcher(Files.readString(page)).results().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
