package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import io.gentcp.packet.application.StxEtxPacketType;
import io.gentcp.packet.application.VarintPacketType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An application frames its own way, with headers, trailers and escapes of any size. */
class ApplicationPacketTypeTests {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private final PacketCodec stxEtx = new StxEtxPacketType().codec(PacketLimits.NONE.withPacketSize(4));

	private final PacketCodec varint = new VarintPacketType().codec(PacketLimits.NONE.withPacketSize(300));

	@Test
	void anEscapedControlByteIsPartOfThePacket() {
		byte[] wire = OnTheWire.bytes(this.stxEtx, buffer("68 03 10 69"));
		assertThat(HEX.formatHex(wire)).isEqualTo("02 68 10 03 10 10 69 03");
		assertThat(this.stxEtx.decode(ByteBuffer.wrap(wire))).isEqualTo(packet("68 03 10 69"));
	}

	@Test
	void anEscapeAndWhatItEscapesMayArriveApart() {
		ByteBuffer in = buffer("02 68 10 03 03 02");
		assertThat(this.stxEtx.decode(in.limit(3))).isSameAs(More.UNKNOWN);
		assertThat(this.stxEtx.decode(in.limit(4))).isSameAs(More.UNKNOWN);
		assertThat(this.stxEtx.decode(in.limit(6))).isEqualTo(packet("68 03"));
		assertThat(in.remaining()).isEqualTo(1);
	}

	@Test
	void escapesDoNotCountForPacketSize() {
		assertThat(this.stxEtx.decode(buffer("02 10 02 10 02 10 02 10 02 03"))).isEqualTo(packet("02 02 02 02"));
	}

	@Test
	void aPacketThatDoesNotEndInTimeIsInvalid() {
		assertThat(this.stxEtx.decode(buffer("02 61 62 63 64"))).isSameAs(More.UNKNOWN);
		assertThat(this.stxEtx.decode(buffer("02 61 62 63 64 65")))
			.isEqualTo(new Invalid("no ETX within packet_size 4; begins with 02 61 62 63 64 65"));
	}

	@Test
	void aPacketWithoutItsFirstByteIsInvalid() {
		assertThat(this.stxEtx.decode(buffer("61"))).isEqualTo(new Invalid("no STX; begins with 61"));
	}

	@Test
	void theHeaderIsAsLongAsTheLengthNeeds() {
		assertThat(this.varint.headerSize(0)).isEqualTo(1);
		assertThat(this.varint.headerSize(127)).isEqualTo(1);
		assertThat(this.varint.headerSize(128)).isEqualTo(2);
		assertThat(this.varint.headerSize(16_383)).isEqualTo(2);
		assertThat(this.varint.headerSize(16_384)).isEqualTo(3);
		assertThat(this.varint.headerSize(Integer.MAX_VALUE)).isEqualTo(5);
	}

	@Test
	void aVarintThatIsNotThereYetAsksForMore() {
		ByteBuffer in = ByteBuffer.wrap(OnTheWire.bytes(this.varint, ByteBuffer.allocate(300)));
		assertThat(in.remaining()).isEqualTo(302);
		assertThat(this.varint.decode(in.limit(1))).isSameAs(More.UNKNOWN);
		assertThat(this.varint.decode(in.limit(2))).isEqualTo(More.of(302));
		assertThat(this.varint.decode(in.limit(301))).isEqualTo(More.of(302));
		assertThat(this.varint.decode(in.limit(302))).isEqualTo(new Packet.Bytes(new byte[300]));
	}

	@Test
	void aVarintAbovePacketSizeIsInvalid() {
		assertThat(this.varint.decode(buffer("ad 02")))
			.isEqualTo(new Invalid("packet of 301 bytes, packet_size is 300; begins with ad 02"));
		assertThat(this.varint.decode(buffer("ff ff ff ff ff 01"))).isInstanceOf(Invalid.class);
	}

	private static ByteBuffer buffer(String hex) {
		return ByteBuffer.wrap(HEX.parseHex(hex));
	}

	private static Packet packet(String hex) {
		return new Packet.Bytes(HEX.parseHex(hex));
	}

}
