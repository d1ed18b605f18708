package io.gentcp.packet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs folders of OTP vectors against the codecs, and counts what it did. */
final class VectorRun {

	private final List<String> failures = new ArrayList<>();

	private int rows;

	private int notApplicable;

	/** Runs every {@code *.jsonl} of the folder; there must be one. */
	void folder(Path folder) {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jsonl")) {
			stream.forEach(files::add);
		}
		catch (IOException ex) {
			this.failures.add("no vectors: " + ex);
			return;
		}
		if (files.isEmpty()) {
			this.failures.add("no vectors: %s has no *.jsonl".formatted(folder));
		}
		files.stream().sorted().forEach(this::file);
	}

	List<String> failures() {
		return this.failures;
	}

	/** The one line that this run prints. */
	String summary() {
		return "vectors: %d rows, %d not applicable".formatted(this.rows, this.notApplicable);
	}

	private void file(Path file) {
		try {
			VectorRow.of(file).forEach(this::row);
		}
		catch (MalformedVectorException ex) {
			this.failures.add(ex.getMessage());
		}
	}

	private void row(VectorRow row) {
		try {
			Optional<? extends Runnable> check = DecodeVector.of(row);
			if (check.isEmpty()) {
				check = EncodeVector.of(row);
			}
			if (check.isEmpty()) {
				this.notApplicable++;
				return;
			}
			this.rows++;
			check.get().run();
		}
		catch (RuntimeException | AssertionError ex) {
			this.failures.add(row.where() + ": " + ex);
		}
	}

}
