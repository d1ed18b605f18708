package io.gentcp.test;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Bytes with length headers are cut into packets. */
class ReceivedPacketsTests {

	@Test
	void eachHeaderSizeIsUnderstood() {
		assertThat(ReceivedPackets.parse(bytes(1, 7), 1).complete()).containsExactly(bytes(7));
		assertThat(ReceivedPackets.parse(bytes(0, 1, 7), 2).complete()).containsExactly(bytes(7));
		assertThat(ReceivedPackets.parse(bytes(0, 0, 0, 1, 7), 4).complete()).containsExactly(bytes(7));
	}

	@Test
	void lengthsHaveNoSign() {
		assertThat(ReceivedPackets.parse(new byte[1 + 0xff], 1).packets()).hasSize(256);
		byte[] large = new byte[2 + 0xffff];
		large[0] = large[1] = (byte) 0xff;
		assertThat(ReceivedPackets.parse(large, 2).complete()).containsExactly(new byte[0xffff]);
	}

	@Test
	void noBytesAreNoPackets() {
		assertThat(ReceivedPackets.parse(bytes(), 4).complete()).isEmpty();
	}

	@Test
	void anEmptyPacketIsAPacket() {
		assertThat(ReceivedPackets.parse(bytes(0, 0), 1).complete()).containsExactly(bytes(), bytes());
	}

	@Test
	void whatFollowsTheLastWholePacketIsTheRest() {
		ReceivedPackets received = ReceivedPackets.parse(bytes(1, 7, 3, 8, 9), 1);
		assertThat(received.packets()).containsExactly(bytes(7));
		assertThat(received.rest()).containsExactly(3, 8, 9);
	}

	@Test
	void bytesThatEndWithinAPacketAreNotComplete() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(ReceivedPackets.parse(bytes(1, 7, 3, 8, 9), 1)::complete)
			.withMessage("The bytes end within a packet: 1 packets, then 2 bytes of a packet of 3");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(ReceivedPackets.parse(bytes(0xff, 0xff, 0xff, 0xff, 1), 4)::complete)
			.withMessage("The bytes end within a packet: 0 packets, then 1 bytes of a packet of 4294967295");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(ReceivedPackets.parse(bytes(0, 0), 4)::complete)
			.withMessage("The bytes end within a packet: 0 packets, then 2 bytes");
	}

	@Test
	void otherHeaderSizesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ReceivedPackets.parse(bytes(), 3))
			.withMessage("The header size must be 1, 2 or 4, not 3");
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int index = 0; index < values.length; index++) {
			bytes[index] = (byte) values[index];
		}
		return bytes;
	}

}
