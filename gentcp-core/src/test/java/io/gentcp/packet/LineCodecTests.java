package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LineCodecTests {

	@ParameterizedTest
	@EnumSource
	void aLineIsDeliveredWithItsDelimiterAndTheRestIsLeft(BufferShape shape) {
		ByteBuffer in = shape.around(latin1("hello\r\nwo"));
		int start = in.position();
		LineCodec codec = new LineCodec(PacketLimits.NONE);
		assertThat(codec.decode(in)).isEqualTo(packet("hello\r\n"));
		assertThat(in.position()).isEqualTo(start + 7);
		assertThat(codec.decode(in)).isSameAs(More.UNKNOWN);
		assertThat(in.position()).isEqualTo(start + 7);
	}

	@Test
	void aLineMayBeEmpty() {
		LineCodec codec = new LineCodec(PacketLimits.NONE);
		ByteBuffer in = buffer("\n\n");
		assertThat(codec.decode(in)).isEqualTo(packet("\n"));
		assertThat(codec.decode(in)).isEqualTo(packet("\n"));
		assertThat(codec.decode(in)).isSameAs(More.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, ';', 127, 128, 255 })
	void anyByteMayBeTheDelimiter(int delimiter) {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withLineDelimiter((byte) delimiter));
		assertThat(codec.decode(buffer("a\nb" + (char) delimiter + "c"))).isEqualTo(packet("a\nb" + (char) delimiter));
	}

	@Test
	void aLineAsLongAsPacketSizeIsDelivered() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withPacketSize(4));
		assertThat(codec.decode(buffer("abc\n"))).isEqualTo(packet("abc\n"));
		assertThat(codec.decode(buffer("abc\ndefghi"))).isEqualTo(packet("abc\n"));
		assertThat(codec.decode(buffer("abcd"))).isSameAs(More.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcd\n", "abcde", "abcdefgh\n" })
	void aLineLongerThanPacketSizeIsInvalidWithOrWithoutItsDelimiter(String line) {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withPacketSize(4));
		ByteBuffer in = buffer(line);
		assertThat(codec.decode(in)).isInstanceOf(Invalid.class);
		assertThat(in.position()).isZero();
	}

	@Test
	void whatIsInvalidStaysInvalid() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withPacketSize(4));
		assertThat(codec.decode(buffer("abcde"))).isInstanceOf(Invalid.class);
		assertThat(codec.decode(buffer("abcde"))).isInstanceOf(Invalid.class);
		assertThat(codec.decode(buffer("abcde\n\n"))).isInstanceOf(Invalid.class);
	}

	@Test
	void theReasonNamesTheLimitAndTheFirstBytes() {
		LineCodec codec = new LineCodec(new PacketLimits(2, 0, (byte) 0xa7));
		assertThat(codec.decode(buffer("abc\n"))).isEqualTo(
				new Invalid("no delimiter a7 within packet_size 2, of 4 bytes at hand; begins with 61 62 63 0a"));
	}

	@Test
	void aLineLongerThanLineLengthIsCutAndTheRestIsALineOfItsOwn() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withLineLength(3));
		ByteBuffer in = buffer("abcdefg\nh");
		assertThat(codec.decode(in)).isEqualTo(packet("abc"));
		assertThat(codec.decode(in)).isEqualTo(packet("def"));
		assertThat(codec.decode(in)).isEqualTo(packet("g\n"));
		assertThat(codec.decode(in)).isSameAs(More.UNKNOWN);
	}

	@Test
	void aLineAsLongAsLineLengthIsNotCut() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withLineLength(3));
		assertThat(codec.decode(buffer("ab"))).isSameAs(More.UNKNOWN);
		assertThat(codec.decode(buffer("ab\n"))).isEqualTo(packet("ab\n"));
	}

	@Test
	void aDelimiterJustBehindTheCutIsAnEmptyLine() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withLineLength(3));
		ByteBuffer in = buffer("abc\n");
		assertThat(codec.decode(in.limit(3))).isEqualTo(packet("abc"));
		assertThat(codec.decode(in.limit(4))).isEqualTo(packet("\n"));
	}

	@Test
	void packetSizeIsAskedBeforeLineLength() {
		PacketLimits limits = PacketLimits.NONE.withPacketSize(5).withLineLength(3);
		assertThat(new LineCodec(limits).decode(buffer("abcd\n"))).isEqualTo(packet("abc"));
		assertThat(new LineCodec(limits).decode(buffer("abcde"))).isEqualTo(packet("abc"));
		assertThat(new LineCodec(limits).decode(buffer("abcde\n"))).isInstanceOf(Invalid.class);
		assertThat(new LineCodec(limits.withPacketSize(2)).decode(buffer("abc"))).isInstanceOf(Invalid.class);
	}

	@Test
	void aLineInPiecesIsCutBeforeItIsFoundTooLong() {
		LineCodec codec = new LineCodec(PacketLimits.NONE.withPacketSize(5).withLineLength(3));
		ByteBuffer in = buffer("abcdef\n");
		assertThat(codec.decode(in.limit(3))).isEqualTo(packet("abc"));
		assertThat(codec.decode(in.limit(7))).isEqualTo(packet("def"));
		assertThat(codec.decode(in)).isEqualTo(packet("\n"));
	}

	@Test
	void aBufferWithoutTheBytesSeenBeforeIsRefused() {
		LineCodec codec = new LineCodec(PacketLimits.NONE);
		assertThat(codec.decode(buffer("abc"))).isSameAs(More.UNKNOWN);
		assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(buffer("d")))
			.withMessage("1 bytes presented; the 3 seen before must come again in front");
	}

	@Test
	void aLineGoesOutAsItIs() {
		ByteBuffer payload = buffer("no delimiter");
		assertThat(new LineCodec(PacketLimits.NONE.withPacketSize(1)).encode(payload)).isSameAs(payload);
		assertThat(OnTheWire.bytes(new LineCodec(PacketLimits.NONE), payload)).isEqualTo(latin1("no delimiter"));
	}

	private static ByteBuffer buffer(String text) {
		return ByteBuffer.wrap(latin1(text));
	}

	private static Packet packet(String text) {
		return new Packet.Bytes(latin1(text));
	}

	private static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
