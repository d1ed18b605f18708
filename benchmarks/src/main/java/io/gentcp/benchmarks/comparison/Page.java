package io.gentcp.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page about performance, in which one part is written by a run: the one between two
 * comments.
 */
final class Page {

	private static final String BEGIN = "<!-- measured: from here on written by a run -->\n";

	private static final String END = "<!-- measured: end -->\n";

	private final Path file;

	Page(Path file) {
		this.file = file;
	}

	/**
	 * Puts a new part in place of the old one.
	 * @throws IOException if the page cannot be written, or lacks one of the comments
	 */
	void replace(String part) throws IOException {
		String page = Files.readString(this.file);
		int begin = page.indexOf(BEGIN);
		int end = page.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new IOException(
					"%s lacks the comments '%s' and '%s'".formatted(this.file, BEGIN.strip(), END.strip()));
		}
		Files.writeString(this.file,
				page.substring(0, begin + BEGIN.length()) + "\n" + part + "\n" + page.substring(end));
	}

}
