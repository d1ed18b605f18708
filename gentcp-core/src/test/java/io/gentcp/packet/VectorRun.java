package io.gentcp.packet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs folders of OTP vectors against the codecs, and counts what it did. */
final class VectorRun {

	private final List<String> failures = new ArrayList<>();

	private final Map<Difference, List<Integer>> differing = new EnumMap<>(Difference.class);

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

	/** The rows that differ by decision, by their ids. */
	Map<Difference, List<Integer>> differing() {
		return this.differing;
	}

	/** The one line that this run prints. */
	String summary() {
		int differ = this.differing.values().stream().mapToInt(List::size).sum();
		return "vectors: %d rows as OTP, %d differ by decision, %d not applicable".formatted(this.rows - differ, differ,
				this.notApplicable);
	}

	private void differs(Difference difference, VectorRow row) {
		this.differing.computeIfAbsent(difference, (key) -> new ArrayList<>()).add(row.json().path("id").asInt(0));
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
			Optional<? extends Vector> vector = DecodeVector.of(row);
			if (vector.isEmpty()) {
				vector = EncodeVector.of(row);
			}
			if (vector.isEmpty()) {
				this.notApplicable++;
				return;
			}
			this.rows++;
			vector.get().run().ifPresent((difference) -> differs(difference, row));
		}
		catch (RuntimeException | AssertionError ex) {
			this.failures.add(row.where() + ": " + ex);
		}
	}

}
