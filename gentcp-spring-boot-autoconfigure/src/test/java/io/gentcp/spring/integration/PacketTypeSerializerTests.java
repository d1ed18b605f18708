package io.gentcp.spring.integration;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.More;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Packets of gentcp in streams of Java. */
class PacketTypeSerializerTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, Integer.MAX_VALUE })
	void aStreamIsReadAsErlangReadsIt(int pieces) throws Exception {
		List<OtpVector> vectors = OtpVector.all();
		assertThat(vectors).hasSizeGreaterThan(2_000);
		for (OtpVector vector : vectors) {
			if (!differsInPieces(vector)) {
				assertThatItIsReadAsErlangReadsIt(vector, pieces);
			}
		}
	}

	/**
	 * A raw packet is what is there; a line may be cut before it is found too long.
	 */
	private static boolean differsInPieces(OtpVector vector) {
		return !vector.type().isFramed() || (vector.limits().packetSize() > 0 && vector.limits().lineLength() > 0);
	}

	private static void assertThatItIsReadAsErlangReadsIt(OtpVector vector, int pieces) throws IOException {
		PacketTypeSerializer serializer = new PacketTypeSerializer(vector.type(), vector.limits());
		PieceStream stream = new PieceStream(vector.stream(), pieces);
		switch (vector.answer()) {
			case "ok" -> {
				assertThat(serializer.deserialize(stream)).as(vector.toString()).isEqualTo(vector.packet());
				assertThat(stream.rest()).as(vector.toString()).isEqualTo(vector.rest());
			}
			case "more" -> assertThatExceptionOfType(EOFException.class).as(vector.toString())
				.isThrownBy(() -> serializer.deserialize(stream));
			default -> assertThatIOException().as(vector.toString())
				.isThrownBy(() -> serializer.deserialize(stream))
				.isNotInstanceOf(EOFException.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "2", "4", "line", "asn1", "sunrm", "cdr", "fcgi", "tpkt" })
	void packetsThatCameTogetherAreReadOneByOne(String name) throws Exception {
		PacketTypeSerializer serializer = new PacketTypeSerializer(PacketType.of(name));
		List<byte[]> packets = packets(name);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] packet : packets) {
			serializer.serialize(packet, out);
		}

		PieceStream stream = new PieceStream(out.toByteArray(), Integer.MAX_VALUE);
		List<byte[]> read = new ArrayList<>();
		while (read.size() < packets.size()) {
			read.add(serializer.deserialize(stream));
		}

		assertThat(read).usingRecursiveComparison().isEqualTo(packets);
		assertThat(stream.rest()).isEmpty();
	}

	private static List<byte[]> packets(String name) {
		HexFormat hex = HexFormat.of();
		return switch (name) {
			case "line" -> List.of("a\n".getBytes(), "\r\n".getBytes(), ("x".repeat(20_000) + "\n").getBytes());
			case "asn1" -> List.of(hex.parseHex("300568656c6c6f"), hex.parseHex("0500"));
			case "sunrm" -> List.of(hex.parseHex("8000000568656c6c6f"), hex.parseHex("80000000"));
			case "cdr" -> List.of(hex.parseHex("47494f50010200000000000568656c6c6f"));
			case "fcgi" -> List.of(hex.parseHex("010600010005000068656c6c6f"), hex.parseHex("0106000100000000"));
			case "tpkt" -> List.of(hex.parseHex("0300000968656c6c6f"), hex.parseHex("03000004"));
			case "1" -> List.of("hello".getBytes(), new byte[0], new byte[255]);
			default -> List.of("hello".getBytes(), new byte[0], new byte[50_000]);
		};
	}

	@Test
	void aPacketWithALengthInFrontTakesTwoReads() throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new PacketTypeSerializer(PacketType.FOUR).serialize(new byte[40], out);
		PieceStream stream = new PieceStream(out.toByteArray(), Integer.MAX_VALUE);

		assertThat(new PacketTypeSerializer(PacketType.FOUR).deserialize(stream)).hasSize(40);

		assertThat(stream.reads()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "4, 4", "asn1, 2", "sunrm, 4", "cdr, 12", "fcgi, 8", "tpkt, 4" })
	void noCodecTellsAnythingBeforeItsHeaderIsThere(String name, int fewest) {
		Random random = new Random(1);
		for (int i = 0; i < 1_000; i++) {
			byte[] bytes = new byte[random.nextInt(fewest)];
			random.nextBytes(bytes);

			DecodeResult decoded = PacketType.of(name).codec(PacketLimits.NONE).decode(ByteBuffer.wrap(bytes));

			assertThat(decoded).isEqualTo(More.UNKNOWN);
		}
	}

	@Test
	void aRawPacketIsWhatIsThere() throws Exception {
		PacketTypeSerializer raw = new PacketTypeSerializer(PacketType.RAW, PacketLimits.NONE.withPacketSize(4));
		PieceStream stream = new PieceStream("hello!".getBytes(), 5);

		assertThat(raw.deserialize(stream)).asString().isEqualTo("hell");
		assertThat(raw.deserialize(stream)).asString().isEqualTo("o!");
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> raw.deserialize(stream));
	}

	@Test
	void theEndBetweenTwoPacketsIsTheExceptionThatIsAskedFor() {
		PacketTypeSerializer serializer = new PacketTypeSerializer(PacketType.FOUR);
		PieceStream ended = new PieceStream(new byte[0], 1);

		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> serializer.deserialize(ended))
			.withMessage("the stream ended between two packets (packet 4)");
		assertThatExceptionOfType(SoftEndOfStreamException.class)
			.isThrownBy(() -> serializer.endOfStream(SoftEndOfStreamException::new).deserialize(ended));
	}

	@Test
	void theEndWithinAPacketSaysHowManyBytesWereThere() {
		PacketTypeSerializer serializer = new PacketTypeSerializer(PacketType.FOUR)
			.endOfStream(SoftEndOfStreamException::new);

		assertThatExceptionOfType(EOFException.class)
			.isThrownBy(() -> serializer.deserialize(new PieceStream(new byte[] { 0, 0, 0, 9, 'h', 'e' }, 2)))
			.withMessage("the stream ended within a packet 4, of which 6 bytes were there");
	}

	@Test
	void aPacketThatIsTooLargeIsRefusedWithTheLimit() {
		PacketTypeSerializer serializer = new PacketTypeSerializer(PacketType.FOUR);
		PieceStream stream = new PieceStream(new byte[] { 0, 16, 0, 1, 'h', 'e' }, 100);

		assertThatIOException().isThrownBy(() -> serializer.deserialize(stream))
			.withMessage("no packet 4: packet of 1048577 bytes, packet_size is 1048576; begins with 00 10 00 01");
		assertThat(stream.rest()).hasSize(2);
	}

	@Test
	void whatIsAnnouncedTakesNoMemoryBeforeItIsThere() {
		// The largest there can be: more than the heap of the tests has.
		byte[] begun = Arrays.copyOf(new byte[] { 0x7f, -1, -1, -5 }, 100_000);
		PieceStream stream = new PieceStream(begun, Integer.MAX_VALUE);

		assertThatExceptionOfType(EOFException.class)
			.isThrownBy(() -> new PacketTypeSerializer(PacketType.FOUR, PacketLimits.NONE).deserialize(stream));
	}

	@Test
	void aPacketThatTheTypeCannotCarryIsRefusedBeforeAByteOfItIsWritten() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PacketTypeSerializer(PacketType.ONE).serialize(new byte[256], out));

		assertThat(out.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "http_bin", "httph", "httph_bin", "ssl_tls" })
	void typesThatTakePacketsApartAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PacketTypeSerializer(PacketType.of(name)))
			.withMessageStartingWith("packet is " + name + ", which delivers ")
			.withMessageContaining("use raw, 1, 2, 4, line");
	}

}
