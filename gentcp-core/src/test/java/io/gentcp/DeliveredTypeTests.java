package io.gentcp;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Options tell what type their packets are before one has arrived. */
class DeliveredTypeTests {

	@ParameterizedTest
	@ValueSource(strings = { "raw", "1", "2", "4", "asn1", "sunrm", "cdr", "fcgi", "tpkt", "line" })
	void bytesAreDeliveredWithTheirHeaderApartIfThatIsSet(String name) {
		SocketOptions options = SocketOptions.defaults().packet(PacketType.of(name));
		assertThat(options.delivers()).isEqualTo(Packet.Bytes.class);
		assertThat(options.header(2).delivers()).isEqualTo(Packet.WithHeader.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "http_bin", "httph", "httph_bin" })
	void linesOfHttpHaveNoHeaderThatCouldBeSetApart(String name) {
		SocketOptions options = SocketOptions.defaults().packet(PacketType.of(name));
		assertThat(options.delivers()).isEqualTo(HttpPacket.class);
		assertThat(options.header(2).delivers()).isEqualTo(HttpPacket.class);
	}

	@Test
	void neitherHaveTlsRecords() {
		SocketOptions options = SocketOptions.defaults().packet(PacketType.SSL_TLS);
		assertThat(options.delivers()).isEqualTo(Packet.TlsRecord.class);
		assertThat(options.header(2).delivers()).isEqualTo(Packet.TlsRecord.class);
	}

	@Test
	void aTypeThatMixesPacketsDeliversWhatCoversThem() {
		SocketOptions options = SocketOptions.defaults().packet(new Mixed());
		assertThat(options.delivers()).isEqualTo(Packet.class);
		assertThat(options.header(2).delivers()).isEqualTo(Packet.class);
	}

	private record Mixed() implements PacketType {

		@Override
		public String name() {
			return "mixed";
		}

		@Override
		public PacketCodec codec(PacketLimits limits) {
			return PacketType.RAW.codec(limits);
		}

		@Override
		public Class<? extends Packet> delivers() {
			return Packet.class;
		}

	}

}
