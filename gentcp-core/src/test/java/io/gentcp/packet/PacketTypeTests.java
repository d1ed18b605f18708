package io.gentcp.packet;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PacketTypeTests {

	@ParameterizedTest
	@ValueSource(strings = { "raw", "1", "2", "4", "asn1", "sunrm", "cdr", "fcgi", "tpkt", "line", "http", "http_bin",
			"httph", "httph_bin", "ssl_tls" })
	void aTypeIsFoundByItsName(String name) {
		assertThat(PacketType.of(name).name()).isEqualTo(name);
		assertThat(PacketType.of(name.toUpperCase(Locale.ROOT))).isSameAs(PacketType.of(name));
	}

	@Test
	void theConstantsAreErlangsTypes() {
		assertThat(PacketType.of("raw")).isSameAs(PacketType.RAW);
		assertThat(PacketType.of("1")).isSameAs(PacketType.ONE).hasToString("packet 1");
		assertThat(PacketType.of("2")).isSameAs(PacketType.TWO);
		assertThat(PacketType.of("4")).isSameAs(PacketType.FOUR);
		assertThat(PacketType.of("Line")).isSameAs(PacketType.LINE);
		assertThat(PacketType.of("asn1")).isSameAs(PacketType.ASN1);
		assertThat(PacketType.of("sunrm")).isSameAs(PacketType.SUNRM);
		assertThat(PacketType.of("cdr")).isSameAs(PacketType.CDR);
		assertThat(PacketType.of("fcgi")).isSameAs(PacketType.FCGI);
		assertThat(PacketType.of("tpkt")).isSameAs(PacketType.TPKT);
		assertThat(PacketType.of("http")).isSameAs(PacketType.HTTP).isNotEqualTo(PacketType.HTTP_BIN);
		assertThat(PacketType.of("http_bin")).isSameAs(PacketType.HTTP_BIN);
		assertThat(PacketType.of("httph")).isSameAs(PacketType.HTTPH);
		assertThat(PacketType.of("httph_bin")).isSameAs(PacketType.HTTPH_BIN);
		assertThat(PacketType.of("ssl_tls")).isSameAs(PacketType.SSL_TLS);
	}

	@Test
	void zeroIsAnotherNameOfRaw() {
		assertThat(PacketType.of("0")).isSameAs(PacketType.RAW);
		assertThat(PacketType.of(0)).isSameAs(PacketType.RAW);
	}

	@Test
	void aNumberIsTheSizeOfTheHeader() {
		assertThat(PacketType.of(1)).isSameAs(PacketType.ONE);
		assertThat(PacketType.of(2)).isSameAs(PacketType.TWO);
		assertThat(PacketType.of(4)).isSameAs(PacketType.FOUR);
	}

	@Test
	void anUnknownNameIsRefusedWithTheNamesThatAreAllowed() {
		assertThatIllegalArgumentException().isThrownBy(() -> PacketType.of("lines"))
			.withMessage(
					"packet 'lines' is unknown; allowed: raw, 0, 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, "
							+ "http_bin, httph, httph_bin, ssl_tls");
		assertThatIllegalArgumentException().isThrownBy(() -> PacketType.of(3))
			.withMessageStartingWith("packet '3' is unknown; allowed: raw, 0, 1, 2, 4, asn1");
		assertThatIllegalArgumentException().isThrownBy(() -> PacketType.of(""))
			.withMessageStartingWith("packet '' is unknown");
	}

	@Test
	void onlyRawHasNoPacketBorders() {
		assertThat(PacketType.RAW.isFramed()).isFalse();
		assertThat(PacketType.ONE.isFramed()).isTrue();
		assertThat(PacketType.LINE.isFramed()).isTrue();
	}

	@Test
	void everyConnectionHasItsOwnLineCodec() {
		assertThat(PacketType.LINE.codec(PacketLimits.NONE)).isNotSameAs(PacketType.LINE.codec(PacketLimits.NONE));
	}

}
