package io.gentcp;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The file descriptors of this process, counted where the system shows them. */
final class OpenFiles {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	/** The JVM opens a file of its own now and then. */
	private static final int OF_THE_JVM = 10;

	private final int before;

	private OpenFiles(int before) {
		this.before = before;
	}

	/** Counts what is open now; skips the test where that cannot be seen. */
	static OpenFiles now() {
		assumeTrue(Files.isDirectory(DESCRIPTORS), "there is no /proc/self/fd to count descriptors in");
		return new OpenFiles(count());
	}

	/** Waits until no more are open than were before, a few of the JVM's apart. */
	void assertNoneLeft() {
		await().atMost(Connected.PATIENCE)
			.untilAsserted(() -> assertThat(count()).as("descriptors that are open")
				.isLessThanOrEqualTo(this.before + OF_THE_JVM));
	}

	private static int count() {
		String[] names = DESCRIPTORS.toFile().list();
		return (names != null) ? names.length : 0;
	}

}
