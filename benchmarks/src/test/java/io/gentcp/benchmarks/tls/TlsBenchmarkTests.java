package io.gentcp.benchmarks.tls;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Both do the whole of the work that is measured, and the table says what it was. */
@Timeout(60)
class TlsBenchmarkTests {

	@Test
	void bothDoAllOfTheWork() throws Exception {
		// A contender throws if a connection is missing, or a packet.
		List<Figures> figures = TlsBenchmark.run(new Amounts(2, 5, 300, 20));
		assertThat(figures).hasSize(3).allSatisfy((each) -> assertThat(each.ratio()).isPositive());
		assertThat(figures).extracting(Figures::toString)
			.satisfiesExactly((handshakes) -> assertThat(handshakes).startsWith("full handshakes"),
					(small) -> assertThat(small).startsWith("packets of 64 bytes"),
					(large) -> assertThat(large).startsWith("packets of 16 KB"));
	}

	@Test
	void theRatioIsThatOfTheMedians() {
		Figures figures = new Figures("work");
		figures.add(300, 100);
		figures.add(100, 200);
		figures.add(200, 1000);
		assertThat(figures.ratio()).isCloseTo(1.0, within(1e-9));
		figures.add(400, 1000);
		assertThat(figures.ratio()).isCloseTo(250.0 / 600, within(1e-9));
		assertThat(figures.toString()).startsWith("work").contains("250", "600", "0.42", "100-400", "100-1,000");
	}

}
