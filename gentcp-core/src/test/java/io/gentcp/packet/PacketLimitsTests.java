package io.gentcp.packet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PacketLimitsTests {

	@Test
	void withoutOptionsNothingIsLimitedAndLinesEndWithALineFeed() {
		assertThat(PacketLimits.NONE).isEqualTo(new PacketLimits(0, 0, (byte) 10));
	}

	@Test
	void oneOptionChangesAndTheOthersStay() {
		PacketLimits limits = new PacketLimits(1, 2, (byte) 3);
		assertThat(limits.withPacketSize(9)).isEqualTo(new PacketLimits(9, 2, (byte) 3));
		assertThat(limits.withLineLength(9)).isEqualTo(new PacketLimits(1, 9, (byte) 3));
		assertThat(limits.withLineDelimiter((byte) 9)).isEqualTo(new PacketLimits(1, 2, (byte) 9));
	}

	@Test
	void aNegativeSizeIsRefusedByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> PacketLimits.NONE.withPacketSize(-1))
			.withMessage("packet_size is -1; it must be 0 (no limit) or more");
		assertThatIllegalArgumentException().isThrownBy(() -> PacketLimits.NONE.withLineLength(-5))
			.withMessage("line_length is -5; it must be 0 (lines are never cut) or more");
	}

}
