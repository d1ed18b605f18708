package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Protocols whose header announces the length, each with "hello" in it. */
class AnnouncedLengthTests {

	private static final HexFormat HEX = HexFormat.of();

	private static final String HELLO = "68656c6c6f";

	/** The header, and what follows the body without being delivered. */
	static Stream<Arguments> packets() {
		return Stream.of(Arguments.of(PacketType.ASN1, "3005", ""), Arguments.of(PacketType.ASN1, "bf8102820005", ""),
				Arguments.of(PacketType.SUNRM, "80000005", ""), Arguments.of(PacketType.SUNRM, "00000005", ""),
				Arguments.of(PacketType.CDR, "47494f5001020000" + "00000005", ""),
				Arguments.of(PacketType.CDR, "47494f5001020100" + "05000000", ""),
				Arguments.of(PacketType.FCGI, "0106000100050000", ""),
				Arguments.of(PacketType.FCGI, "0106000100050300", "000000"),
				Arguments.of(PacketType.TPKT, "03000009", ""));
	}

	@ParameterizedTest
	@MethodSource("packets")
	void thePacketIsDeliveredWithItsHeaderAndWithoutPadding(PacketType type, String header, String padding) {
		ByteBuffer in = buffer(header + HELLO + padding + "ff");
		assertThat(codec(type, 0).decode(in)).isEqualTo(packet(header + HELLO));
		assertThat(in.remaining()).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("packets")
	void aPacketThatIsNotThereYetSaysHowLongItIs(PacketType type, String header, String padding) {
		String whole = header + HELLO + padding;
		ByteBuffer in = buffer(whole);
		in.limit(header.length() / 2 - 1);
		assertThat(codec(type, 0).decode(in)).isSameAs(More.UNKNOWN);
		in.limit(in.limit() + 1);
		assertThat(codec(type, 0).decode(in)).isEqualTo(More.of(whole.length() / 2));
	}

	@ParameterizedTest
	@MethodSource("packets")
	void aBodyAbovePacketSizeIsInvalidBeforeItIsThere(PacketType type, String header, String padding) {
		int size = (HELLO + padding).length() / 2;
		ByteBuffer in = buffer(header);
		assertThat(codec(type, size).decode(in)).isInstanceOf(More.class);
		assertThat(codec(type, size - 1).decode(in)).isInstanceOfSatisfying(Invalid.class,
				(invalid) -> assertThat(invalid.reason())
					.startsWith("packet of %d bytes, packet_size is %d; begins with ".formatted(size, size - 1)));
	}

	@Test
	void whatIsNoPacketOfTheProtocolIsInvalidAndShown() {
		assertThat(codec(PacketType.CDR, 0).decode(buffer("474554202f20485454502f31")))
			.isEqualTo(new Invalid("no GIOP message; begins with 47 45 54 20 2f 20 48 54 54 50 2f 31"));
		assertThat(codec(PacketType.FCGI, 0).decode(buffer("0206000100050000")))
			.isEqualTo(new Invalid("no FastCGI record of version 1; begins with 02 06 00 01 00 05 00 00"));
		assertThat(codec(PacketType.TPKT, 0).decode(buffer("47455420")))
			.isEqualTo(new Invalid("no TPKT packet of version 3; begins with 47 45 54 20"));
		assertThat(codec(PacketType.TPKT, 0).decode(buffer("03000003")))
			.isEqualTo(new Invalid("packet of 3 bytes, its header alone has 4; begins with 03 00 00 03"));
		assertThat(codec(PacketType.ASN1, 0).decode(buffer("30850000000000")))
			.isEqualTo(new Invalid("length in 5 bytes, at most 4 can be; begins with 30 85 00 00 00 00 00"));
	}

	@Test
	void anIndefiniteLengthIsAPacketOfItsOwn() {
		ByteBuffer in = buffer("3080" + "0205" + HELLO);
		PacketCodec codec = codec(PacketType.ASN1, 0);
		assertThat(codec.decode(in)).isEqualTo(packet("3080"));
		assertThat(codec.decode(in)).isEqualTo(packet("0205" + HELLO));
	}

	@Test
	void aTagOfTenMoreBytesIsReadAndALongerOneIsInvalid() {
		PacketCodec codec = codec(PacketType.ASN1, 0);
		String tag = "1f" + "ff".repeat(9);
		assertThat(codec.decode(buffer(tag))).isSameAs(More.UNKNOWN);
		assertThat(codec.decode(buffer(tag + "01" + "05" + HELLO))).isEqualTo(packet(tag + "01" + "05" + HELLO));
		assertThat(codec.decode(buffer(tag + "ff"))).isInstanceOfSatisfying(Invalid.class,
				(invalid) -> assertThat(invalid.reason()).startsWith("tag of more than 10 bytes; begins with 1f ff"));
	}

	@Test
	void aTlsRecordSaysItsTypeAndVersion() {
		assertThat(codec(PacketType.SSL_TLS, 0).decode(buffer("1603030005" + HELLO)))
			.isEqualTo(new Packet.TlsRecord(22, 3, 3, HEX.parseHex(HELLO)))
			.hasToString("TlsRecord[type 22, version 3.3, 5 bytes]");
		assertThat(codec(PacketType.SSL_TLS, 4).decode(buffer("1603030005"))).isInstanceOf(Invalid.class);
	}

	@Test
	void anSsl2HelloIsDeliveredAsAHandshakeOfTls() {
		assertThat(codec(PacketType.SSL_TLS, 0).decode(buffer("8008" + "01" + "0301" + HELLO)))
			.isEqualTo(new Packet.TlsRecord(22, 3, 1, HEX.parseHex("01000007" + "0301" + HELLO)));
		assertThat(codec(PacketType.SSL_TLS, 0).decode(buffer("8002010301")))
			.isEqualTo(new Invalid("SSL 2 hello without a version; begins with 80 02 01 03 01"));
	}

	private static PacketCodec codec(PacketType type, int packetSize) {
		return type.codec(PacketLimits.NONE.withPacketSize(packetSize));
	}

	private static ByteBuffer buffer(String hex) {
		return ByteBuffer.wrap(HEX.parseHex(hex));
	}

	private static Packet packet(String hex) {
		return new Packet.Bytes(HEX.parseHex(hex));
	}

}
