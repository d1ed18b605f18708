package io.gentcp.packet;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DecodeResultTests {

	@Test
	void packetsWithTheSameBytesAreEqual() {
		Packet packet = new Packet.Bytes(new byte[] { 1, 2 });
		assertThat(packet).isEqualTo(new Packet.Bytes(new byte[] { 1, 2 }))
			.hasSameHashCodeAs(new Packet.Bytes(new byte[] { 1, 2 }))
			.isNotEqualTo(new Packet.Bytes(new byte[] { 1, 3 }))
			.isNotEqualTo("12");
	}

	@Test
	void aPacketOwnsItsArray() {
		byte[] array = { 1, 2 };
		assertThat(new Packet.Bytes(array).array()).isSameAs(array);
	}

	@Test
	void aPacketShowsItsSizeAndNothingOfItsBytes() {
		Packet.Bytes packet = new Packet.Bytes("password1234".getBytes());
		assertThat(packet.size()).isEqualTo(12);
		assertThat(packet).hasToString("Bytes[12 bytes]");
	}

	@Test
	void theTotalIsKnownOnceThePacketHasAnnouncedIt() {
		assertThat(More.UNKNOWN.isKnown()).isFalse();
		assertThat(More.UNKNOWN.total()).isZero();
		assertThat(More.UNKNOWN).hasToString("More[unknown]");
		assertThat(More.of(9).isKnown()).isTrue();
		assertThat(More.of(9)).isEqualTo(new More(9)).hasToString("More[9 bytes in total]");
	}

	@Test
	void aTotalIsPositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> More.of(0))
			.withMessage("total is 0; a length that is not known is More.UNKNOWN");
		assertThatIllegalArgumentException().isThrownBy(() -> More.of(-1))
			.withMessage("total is -1; a packet's length is not negative");
	}

	@Test
	void theReasonShowsTheFirstSixteenBytesAndNoMore() {
		ByteBuffer in = BufferShape.DIRECT.around("GET / HTTP/1.1\r\nHost: a\r\n".getBytes());
		int position = in.position();
		assertThat(Invalid.of("wrong port", in).reason())
			.isEqualTo("wrong port; begins with 47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a");
		assertThat(in.position()).isEqualTo(position);
	}

}
