package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The contract is only worth something if a codec that breaks it is found out. */
class CodecContractTests {

	private static final Packet PACKET = new Packet.Bytes(new byte[1]);

	@ParameterizedTest
	@EnumSource(FuzzTarget.class)
	void everyVectorKeepsTheContract(FuzzTarget target) {
		for (byte[] seed : target.seeds(DecodeQuestion.ofVectors())) {
			assertThatCode(() -> target.run(seed)).as("%s of %s", HexFormat.of().formatHex(seed), target)
				.doesNotThrowAnyException();
		}
	}

	@Test
	void aCodecThatThrowsBreaksIt() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> require(() -> (in) -> {
			throw new IllegalStateException();
		}));
	}

	@Test
	void bytesAreTakenWithAPacketOnly() {
		assertBroken("bytes taken", () -> (in) -> {
			in.position(in.limit());
			return More.UNKNOWN;
		});
		assertBroken("bytes taken", () -> (in) -> {
			in.position(in.limit());
			return new Invalid("");
		});
	}

	@Test
	void aPacketTakesBytes() {
		assertBroken("of no bytes", () -> (in) -> PACKET);
	}

	@Test
	void theLimitStaysWhereItIs() {
		assertBroken("the limit moved", () -> (in) -> {
			in.limit(in.position());
			return More.UNKNOWN;
		});
	}

	@Test
	void noMoreIsAnnouncedThanIsThere() {
		assertBroken("5 bytes wanted, 5 are there", () -> (in) -> More.of(5));
	}

	@Test
	void whatIsAnnouncedIsTaken() {
		assertBroken("4 were announced", () -> (in) -> (in.remaining() < 4) ? More.of(4) : packet(in, in.remaining()));
		assertBroken("were announced", () -> (in) -> More.of(in.remaining() + 1));
	}

	@Test
	void invalidStaysInvalid() {
		assertBroken("invalid, and then", () -> new PacketCodec() {
			private boolean asked;

			@Override
			public DecodeResult decode(ByteBuffer in) {
				boolean again = this.asked;
				this.asked = true;
				return again ? More.UNKNOWN : new Invalid("");
			}
		});
		assertBroken("invalid, and then", () -> (in) -> (in.remaining() < 5) ? new Invalid("") : More.UNKNOWN);
	}

	@Test
	void packetsAreTheSameHoweverTheyArrive() {
		assertBroken("cut at [1, 3]", () -> (in) -> in.hasRemaining() ? packet(in, in.remaining()) : More.UNKNOWN);
		assertBroken("byte by byte", () -> (in) -> switch (in.remaining()) {
			case 2 -> packet(in, 2);
			case 5 -> packet(in, 5);
			default -> More.UNKNOWN;
		});
	}

	@Test
	void nothingIsAllocatedForBytesThatAreNotThere() {
		assertBroken("bytes of memory", () -> (in) -> {
			byte[] body = new byte[100_000];
			return (in.remaining() < body.length) ? More.of(body.length) : PACKET;
		});
	}

	private static Packet packet(ByteBuffer in, int size) {
		byte[] bytes = new byte[size];
		in.get(bytes);
		return new Packet.Bytes(bytes);
	}

	private static void assertBroken(String how, Supplier<PacketCodec> codecs) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> require(codecs)).withMessageContaining(how);
	}

	/** Five bytes. */
	private static List<Packet> require(Supplier<PacketCodec> codecs) {
		return new CodecContract(new Broken(codecs), PacketLimits.NONE).require(new byte[5], List.of(1, 3));
	}

	private record Broken(Supplier<PacketCodec> codecs) implements PacketType {

		@Override
		public String name() {
			return "broken";
		}

		@Override
		public PacketCodec codec(PacketLimits limits) {
			return this.codecs.get();
		}

	}

}
