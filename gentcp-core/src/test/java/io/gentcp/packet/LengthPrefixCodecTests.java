package io.gentcp.packet;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LengthPrefixCodecTests {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private static final int LARGEST = Integer.MAX_VALUE - 4;

	@ParameterizedTest
	@CsvSource({ "1, 05 68 65 6c 6c 6f", "2, 00 05 68 65 6c 6c 6f", "4, 00 00 00 05 68 65 6c 6c 6f" })
	void theHeaderIsPutInFrontAndTakenOff(int headerSize, String wire) {
		PacketCodec codec = codec(headerSize, 0);
		assertThat(HEX.formatHex(OnTheWire.bytes(codec, ByteBuffer.wrap("hello".getBytes())))).isEqualTo(wire);
		assertThat(codec.decode(buffer(wire))).isEqualTo(new Packet.Bytes("hello".getBytes()));
	}

	@ParameterizedTest
	@EnumSource
	void thePacketIsTakenAndTheRestIsLeft(BufferShape shape) {
		ByteBuffer in = shape.around(HEX.parseHex("00 02 68 69 00 01"));
		int start = in.position();
		assertThat(codec(2, 0).decode(in)).isEqualTo(new Packet.Bytes("hi".getBytes()));
		assertThat(in.position()).isEqualTo(start + 4);
		assertThat(in.remaining()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void aPacketMayBeEmpty(int headerSize) {
		PacketCodec codec = codec(headerSize, 0);
		byte[] wire = OnTheWire.bytes(codec, ByteBuffer.allocate(0));
		assertThat(wire).isEqualTo(new byte[headerSize]);
		assertThat(codec.decode(ByteBuffer.wrap(wire))).isEqualTo(new Packet.Bytes(new byte[0]));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void theTotalIsUnknownUntilTheHeaderIsComplete(int headerSize) {
		PacketCodec codec = codec(headerSize, 0);
		ByteBuffer in = ByteBuffer.wrap(OnTheWire.bytes(codec, ByteBuffer.allocate(200)));
		for (int size = 0; size < in.capacity(); size++) {
			More expected = (size < headerSize) ? More.UNKNOWN : More.of(headerSize + 200);
			assertThat(codec.decode(in.limit(size))).isEqualTo(expected);
			assertThat(in.position()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, ff", "2, ff ff" })
	void theLengthHasNoSign(int headerSize, String header) {
		assertThat(codec(headerSize, 0).decode(buffer(header)))
			.isEqualTo(More.of(headerSize + (1L << (8 * headerSize)) - 1));
	}

	@Test
	void theLargestPacketHasTwoToTheThirtyFirstMinusOneBytesWithItsHeader() {
		assertThat(codec(4, 0).decode(buffer("7f ff ff fb"))).isEqualTo(More.of(Integer.MAX_VALUE));
		assertThat(codec(4, Integer.MAX_VALUE).decode(buffer("7f ff ff fb"))).isEqualTo(More.of(Integer.MAX_VALUE));
		assertThat(codec(4, 0).decode(buffer("7f ff ff fc"))).isEqualTo(new Invalid(
				"packet of 2147483644 bytes, the largest there can be is 2147483643; begins with 7f ff ff fc"));
		assertThat(codec(4, 0).decode(buffer("ff ff ff ff"))).isInstanceOfSatisfying(Invalid.class,
				(invalid) -> assertThat(invalid.reason()).startsWith("packet of 4294967295 bytes"));
	}

	@ParameterizedTest
	@CsvSource({ "1, 06", "2, 00 06", "4, 00 00 00 06" })
	void packetSizeLimitsTheBodyAsSoonAsTheHeaderIsComplete(int headerSize, String header) {
		assertThat(codec(headerSize, 6).decode(buffer(header))).isEqualTo(More.of(headerSize + 6));
		ByteBuffer in = buffer(header);
		assertThat(codec(headerSize, 5).decode(in))
			.isEqualTo(new Invalid("packet of 6 bytes, packet_size is 5; begins with " + header));
		assertThat(in.position()).isZero();
	}

	@Test
	void anotherProtocolOnThePortCanBeRecognised() {
		assertThat(codec(4, 1 << 20).decode(ByteBuffer.wrap("GET /index.html HTTP/1.1\r\n".getBytes())))
			.isEqualTo(new Invalid("packet of 1195725856 bytes, packet_size is 1048576; "
					+ "begins with 47 45 54 20 2f 69 6e 64 65 78 2e 68 74 6d 6c 20"));
	}

	@Test
	void anAnnouncedLengthAllocatesNothing() {
		PacketCodec codec = codec(4, 0);
		ByteBuffer in = buffer("7f ff ff fb 00 00");
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		assertThat(codec.decode(in)).isEqualTo(More.of(Integer.MAX_VALUE));
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
	}

	@ParameterizedTest
	@CsvSource({ "1, 255", "2, 65535" })
	void aPacketThatTheHeaderCannotCountIsRefused(int headerSize, int longest) {
		PacketCodec codec = codec(headerSize, 0);
		ByteBuffer fits = ByteBuffer.allocate(longest);
		assertThat(codec.encode(fits)).isSameAs(fits);
		String message = "packet of %d bytes does not fit packet %d, which ends at %d bytes".formatted(longest + 1,
				headerSize, longest);
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(ByteBuffer.allocate(longest + 1)))
			.withMessage(message);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> codec.encodeHeader(longest + 1, ByteBuffer.allocate(headerSize)))
			.withMessage(message);
	}

	@Test
	void aPacketIsNotSentThatNobodyWouldTake() {
		PacketCodec codec = codec(4, 0);
		ByteBuffer header = ByteBuffer.allocate(4);
		codec.encodeHeader(LARGEST, header);
		assertThat(HEX.formatHex(header.array())).isEqualTo("7f ff ff fb");
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encodeHeader(LARGEST + 1, header.clear()))
			.withMessage("packet of 2147483644 bytes does not fit packet 4, which ends at 2147483643 bytes");
	}

	@Test
	void packetSizeDoesNotLimitWhatIsSent() {
		assertThat(OnTheWire.bytes(codec(1, 2), ByteBuffer.wrap("hi!".getBytes())))
			.isEqualTo(HEX.parseHex("03 68 69 21"));
	}

	@Test
	void theHeaderIsBigEndianInWhateverBuffer() {
		ByteBuffer out = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN).position(2);
		codec(4, 0).encodeHeader(0x01020304, out);
		assertThat(out.position()).isEqualTo(6);
		assertThat(out.order(ByteOrder.BIG_ENDIAN).getInt(2)).isEqualTo(0x01020304);
	}

	private static PacketCodec codec(int headerSize, int packetSize) {
		return PacketType.of(headerSize).codec(PacketLimits.NONE.withPacketSize(packetSize));
	}

	private static ByteBuffer buffer(String hex) {
		return ByteBuffer.wrap(HEX.parseHex(hex));
	}

}
