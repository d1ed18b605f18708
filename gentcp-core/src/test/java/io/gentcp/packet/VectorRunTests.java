package io.gentcp.packet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors are only worth something if a wrong one fails and none gets lost. */
class VectorRunTests {

	private final VectorRun run = new VectorRun();

	@TempDir
	private Path folder;

	@Test
	void aRightRowIsCounted() throws IOException {
		file("""
				{"id":1,"type":"1","opts":{},"in":"026162ff","class":"hand","result":{"ok":["6162","ff"]}}
				{"type":"line","opts":{"packet_size":4,"line_length":3},"in":"6162630d0a","result":{"error":"invalid"}}

				{"id":3,"backend":"inet","type":"1","payload":{"hex":"61"},"result":"ok","wire":{"len":2,"hex":"0161"}}
				""");
		assertThat(this.run.failures()).isEmpty();
		assertThat(this.run.summary()).isEqualTo("vectors: 3 rows as OTP, 0 differ by decision, 0 not applicable");
	}

	@Test
	void aWrongRowFailsWithFileLineIdTypeAndCut() throws IOException {
		file("""
				{"id":1,"type":"1","opts":{},"in":"0261","result":{"more":3}}
				{"id":7,"type":"2","opts":{},"in":"000261","result":{"more":9}}
				{"id":8,"type":"4","opts":{},"in":"0000000161","result":{"error":"invalid"}}
				{"id":9,"type":"1","payload":{"hex":"61"},"result":"ok","wire":{"len":2,"hex":"0162"}}
				""");
		assertThat(this.run.failures()).hasSize(3);
		assertThat(this.run.failures().get(0)).contains("rows.jsonl:2 (id 7, type 2)", "{\"more\":9}", "{\"more\":4}");
		assertThat(this.run.failures().get(1)).contains("rows.jsonl:3 (id 8, type 4)", "{\"error\":\"invalid\"}");
		assertThat(this.run.failures().get(2)).contains("rows.jsonl:4 (id 9, type 1)", "0162", "0161");
		assertThat(this.run.summary()).isEqualTo("vectors: 4 rows as OTP, 0 differ by decision, 0 not applicable");
	}

	@Test
	void whatCannotBeRunIsCountedAsNotApplicable() throws IOException {
		file("""
				{"id":1,"type":"unheard_of","opts":{},"in":"","result":{"more":"undefined"}}
				{"id":2,"type":"1","opts":{"unheard_of":1},"in":"","result":{"more":"undefined"}}
				{"id":3,"type":"1","opts":{},"in":"","result":{"timeout":1}}
				{"id":4,"type":"1","opts":{},"in":"00","result":{"ok":[{"untagged":1},""]}}
				{"type":"sequence","payload":{"seq":[["1",""],["unheard_of",""]]},"result":"ok","wire":{"len":1,"hex":"00"}}
				{"scenario":"s01"}
				""");
		assertThat(this.run.failures()).isEmpty();
		assertThat(this.run.summary()).isEqualTo("vectors: 0 rows as OTP, 0 differ by decision, 6 not applicable");
	}

	@Test
	void whatDiffersByDecisionIsCountedByItsReason() throws IOException {
		file("""
				{"id":5,"type":"1","payload":{"bad_iodata":"foo"},"result":{"error":"einval"},"wire":{"len":0,"hex":""}}
				{"id":6,"type":"1","payload":{"fill":"00","len":256},"result":"ok","wire":{"len":1,"hex":"00"}}
				{"id":7,"type":"asn1","opts":{},"in":"1fffffffffffffffffffff","result":{"more":"undefined"}}
				{"id":8,"type":"asn1","opts":{},"in":"1fffffffffffffffffff","result":{"more":"undefined"}}
				""");
		assertThat(this.run.failures()).isEmpty();
		assertThat(this.run.differing()).isEqualTo(Map.of(Difference.NO_IODATA, List.of(5), Difference.WRAPPED_LENGTH,
				List.of(6), Difference.ENDLESS_TAG, List.of(7)));
		assertThat(this.run.summary()).isEqualTo("vectors: 1 rows as OTP, 3 differ by decision, 0 not applicable");
	}

	@Test
	void aTermIsNeverMistakenForBytes() throws IOException {
		file("{\"id\":1,\"type\":\"1\",\"opts\":{},\"in\":\"00\",\"result\":{\"ok\":[{\"tag\":\"http_eoh\"},\"\"]}}");
		assertThat(this.run.failures()).hasSize(1);
	}

	@Test
	void aMalformedLineFailsWithFileAndLine() throws IOException {
		file("""
				{"id":1,"type":"1","opts":{},"in":"","result":{"more":"undefined"}}
				{"id":2,"type":"1","opts":
				""");
		assertThat(this.run.failures()).hasSize(1).first().asString().contains("rows.jsonl:2: ");
	}

	@Test
	void aLineThatIsNoObjectFailsWithFileAndLine() throws IOException {
		file("[1]\n");
		assertThat(this.run.failures()).hasSize(1).first().asString().contains("rows.jsonl:1: a row is a JSON object");
	}

	@Test
	void malformedHexFailsWithFileAndLine() throws IOException {
		file("{\"id\":1,\"type\":\"1\",\"opts\":{},\"in\":\"0\",\"result\":{\"more\":\"undefined\"}}");
		assertThat(this.run.failures()).hasSize(1).first().asString().contains("rows.jsonl:1 (id 1, type 1)");
	}

	@Test
	void aFolderWithoutVectorsFails() {
		this.run.folder(this.folder);
		this.run.folder(this.folder.resolve("missing"));
		assertThat(this.run.failures()).hasSize(2)
			.allSatisfy((failure) -> assertThat(failure).startsWith("no vectors: "));
	}

	private void file(String rows) throws IOException {
		Files.writeString(this.folder.resolve("rows.jsonl"), rows);
		this.run.folder(this.folder);
	}

}
