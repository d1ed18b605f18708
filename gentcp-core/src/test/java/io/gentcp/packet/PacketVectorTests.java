package io.gentcp.packet;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What OTP says of these bytes is what the codecs say. The vectors in
 * {@code src/test/resources/otp} always run, and with {@code -Dgentcp.otp.vectors=FOLDER}
 * those of that folder as well.
 */
class PacketVectorTests {

	private static final String FOLDER = "gentcp.otp.vectors";

	@Test
	void everyPacketIsWhatErlangMakesOfTheSameBytesHoweverTheyArrive() throws Exception {
		VectorRun run = new VectorRun();
		URL ours = PacketVectorTests.class.getResource("/otp/decode.jsonl");
		assertThat(ours).isNotNull();
		run.folder(Path.of(ours.toURI()).getParent());
		String folder = System.getProperty(FOLDER, "");
		if (!folder.isBlank()) {
			run.folder(given(Path.of(folder)));
		}
		System.out.println(run.summary());
		assertThat(run.failures().stream().limit(20)).as("%d rows fail, of which", run.failures().size()).isEmpty();
	}

	/** Tests run in their module; a relative folder is rather meant from the root. */
	private static Path given(Path folder) {
		return Files.isDirectory(folder) ? folder : Path.of("..").resolve(folder);
	}

}
