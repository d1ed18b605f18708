package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.gentcp.packet.HttpPacket.EndOfHeaders;
import io.gentcp.packet.HttpPacket.Header;
import io.gentcp.packet.HttpPacket.Request;
import io.gentcp.packet.HttpPacket.Response;
import io.gentcp.packet.HttpPacket.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** HTTP, a line at a time. */
class HttpCodecTests {

	private static final Version HTTP_1_1 = new Version(1, 1);

	private static final Request GET = new Request("GET", new HttpUri.AbsolutePath("/"), HTTP_1_1);

	private static final Header HOST = new Header(14, "Host", "host", "a");

	private final PacketCodec http = PacketType.HTTP.codec(PacketLimits.NONE);

	@Test
	void aRequestIsItsLineItsHeadersAndTheirEnd() {
		assertThat(packets(this.http, "GET / HTTP/1.1\r\nhost: a\r\n\r\n")).containsExactly(GET, HOST,
				new EndOfHeaders());
	}

	@Test
	void behindTheEndOfHeadersTheNextMessageIsExpected() {
		assertThat(packets(this.http, "GET / HTTP/1.1\r\n\r\nHTTP/1.0 404 Not Found\nhost: a\n\n")).containsExactly(GET,
				new EndOfHeaders(), new Response(new Version(1, 0), 404, "Not Found"), HOST, new EndOfHeaders());
	}

	@Test
	void httphKnowsHeadersOnly() {
		assertThat(packets(PacketType.HTTPH.codec(PacketLimits.NONE), "host: a\r\n\r\nhost: a\r\n\r\n"))
			.containsExactly(HOST, new EndOfHeaders(), HOST, new EndOfHeaders());
	}

	@Test
	void aLineThatIsNoneOfThemChangesNothing() {
		assertThat(packets(this.http, "so be it\r\nGET / HTTP/1.1\r\nso be it\r\nhost: a\r\n\r\n")).containsExactly(
				new HttpPacket.Error("so be it\r\n"), GET, new HttpPacket.Error("so be it\r\n"), HOST,
				new EndOfHeaders());
	}

	@Test
	void aHeaderIsNotCompleteBeforeItIsKnownWhetherItGoesOn() {
		assertThat(this.http.decode(buffer("GET / HTTP/1.1\r\n"))).isEqualTo(GET);
		ByteBuffer in = buffer("host: a\r\n b\r\n\r\n");
		assertThat(this.http.decode(in.limit(9))).isSameAs(More.UNKNOWN);
		assertThat(this.http.decode(in.limit(in.capacity()))).isEqualTo(new Header(14, "Host", "host", "a\r\n b"));
	}

	@Test
	void otherLimitsInTheMiddleOfAMessageLeaveItWhereItIs() {
		assertThat(this.http.decode(buffer("GET / HTTP/1.1\r\n"))).isEqualTo(GET);
		PacketCodec limited = PacketType.HTTP.codec(PacketLimits.NONE.withPacketSize(10), this.http);
		assertThat(limited.decode(buffer("host: a\r\n\r\n"))).isEqualTo(HOST);
		assertThat(limited.decode(buffer("host: much too long\r\n\r\n")))
			.isEqualTo(new Invalid("no line end within packet_size 10, of 23 bytes at hand; begins with "
					+ "68 6f 73 74 3a 20 6d 75 63 68 20 74 6f 6f 20 6c"));
	}

	@Test
	void withoutPacketSizeLineLengthIsTheLimit() {
		PacketCodec limited = PacketType.HTTP.codec(PacketLimits.NONE.withLineLength(5));
		assertThat(limited.decode(buffer("GET /"))).isInstanceOfSatisfying(Invalid.class,
				(invalid) -> assertThat(invalid.reason()).startsWith("no line end within line_length 5, of 5 bytes"));
	}

	@Test
	void aCharacterIsAByte() {
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i == '\n' ? ' ' : i);
		}
		String line = "X-Y:." + new String(bytes, ISO_8859_1) + "\r\n\r\n";
		PacketCodec httph = PacketType.HTTPH.codec(PacketLimits.NONE);
		assertThat(httph.decode(buffer(line))).isInstanceOfSatisfying(Header.class,
				(header) -> assertThat(header.value().substring(1).getBytes(ISO_8859_1)).isEqualTo(bytes));
	}

	@ParameterizedTest
	@CsvSource({ "content-LENGTH,Content-Length,38", "etag,Etag,43", "x-my-own,X-My-Own,0",
			"WWW-Authenticate,Www-Authenticate,33" })
	void aHeaderHasTheUsualSpellingAndErlangsIndex(String original, String name, int index) {
		PacketCodec httph = PacketType.HTTPH.codec(PacketLimits.NONE);
		assertThat(httph.decode(buffer(original + ": a\r\n\r\n"))).isEqualTo(new Header(index, name, original, "a"));
	}

	@ParameterizedTest
	@CsvSource({ "http://[::1]/x,[::1],0,/x", "http://[::1]:8080/x,[::1],8080,/x",
			"https://[FEDC:BA98::1]:80,[FEDC:BA98::1],80,/", "http://[::1]x/x,[::1],0,/x", "http://[::1/x,[,0,/x",
			"http://[a]x,[a]x,0,/", "http://h:80a/,h,0,/", "http://h:8080,h,8080,/" })
	void aHostOfIpv6EndsAtItsBracket(String uri, String host, int port, String path) {
		DecodeResult decoded = this.http.decode(buffer("GET " + uri + " HTTP/1.1\r\n"));
		String scheme = uri.substring(0, uri.indexOf(':'));
		assertThat(decoded).isEqualTo(new Request("GET", new HttpUri.AbsoluteUri(scheme, host, port, path), HTTP_1_1));
	}

	@Test
	void whatAPacketSaysOfItselfShowsNoSecret() {
		assertThat(packets(this.http,
				"GET /?key=secret HTTP/1.1\r\nAuthorization: secret\r\nsecret\r\n\r\nHTTP/1.1 200 secret\r\n")
			.toString()).doesNotContain("secret")
			.isEqualTo("[Request[GET, HTTP/1.1], Header[Authorization, 6 characters], Error[8 characters], "
					+ "EndOfHeaders[], Response[HTTP/1.1, 200]]");
	}

	private static List<DecodeResult> packets(PacketCodec codec, String stream) {
		List<DecodeResult> packets = new ArrayList<>();
		ByteBuffer in = buffer(stream);
		while (in.hasRemaining()) {
			DecodeResult decoded = codec.decode(in);
			assertThat(decoded).isInstanceOf(Packet.class);
			packets.add(decoded);
		}
		return packets;
	}

	private static ByteBuffer buffer(String text) {
		return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
	}

}
