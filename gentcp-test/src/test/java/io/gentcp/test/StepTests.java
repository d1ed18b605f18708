package io.gentcp.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.gentcp.test.Step.Send;

import static io.gentcp.test.Step.pause;
import static io.gentcp.test.Step.read;
import static io.gentcp.test.Step.send;
import static io.gentcp.test.Step.sendCutAt;
import static io.gentcp.test.Step.sendInPieces;
import static io.gentcp.test.Step.trickle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Steps and options are values. */
class StepTests {

	private static final byte[] BYTES = { 1, 2, 3, 4, 5 };

	@Test
	void stepsThatSendTheSameAreEqual() {
		assertThat(send(BYTES)).isEqualTo(send(BYTES.clone())).isNotEqualTo(send(new byte[5]));
		assertThat(sendInPieces(BYTES, 3, Duration.ZERO)).isEqualTo(sendCutAt(BYTES, 3, Duration.ZERO));
	}

	@Test
	void aStepKeepsItsOwnBytes() {
		byte[] bytes = BYTES.clone();
		Step step = send(bytes);
		bytes[0] = 99;
		assertThat(step).isEqualTo(send(BYTES));
	}

	@Test
	void aStepThatWasReadFromCanBeUsedAgain() {
		Send step = (Send) send(BYTES);
		step.pieces().getFirst().get();
		assertThat(step.pieces().getFirst().remaining()).isEqualTo(5);
		assertThat(step.size()).isEqualTo(5);
	}

	@Test
	void countsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> read(0)).withMessage("count must be at least 1, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> trickle(-1, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> sendInPieces(BYTES, 0, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> pause(Duration.ofMillis(-1)))
			.withMessage("duration must not be negative, not PT-0.001S");
		assertThatIllegalArgumentException().isThrownBy(() -> PeerOptions.DEFAULTS.withReceiveBuffer(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> PeerOptions.DEFAULTS.withAcceptAtMost(-1));
	}

}
