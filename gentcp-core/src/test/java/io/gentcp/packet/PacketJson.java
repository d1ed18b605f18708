package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/** A packet, or an answer, as the vectors of OTP write it down. */
final class PacketJson {

	private static final HexFormat HEX = HexFormat.of();

	/** What is an atom in Erlang and a string in Java. */
	private static final Set<String> METHODS = Set.of("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE");

	/**
	 * Whether Erlang's text is a list or a binary: {@code http_bin} and
	 * {@code httph_bin}.
	 */
	private final String text;

	private PacketJson(String text) {
		this.text = text;
	}

	static PacketJson of(PacketType type) {
		return new PacketJson(type.name().endsWith("_bin") ? "binary" : "string");
	}

	/** The result and the bytes that are left, as a row of vectors has them. */
	String json(DecodeResult result, ByteBuffer rest) {
		return switch (result) {
			case Packet packet -> {
				byte[] bytes = new byte[rest.remaining()];
				rest.get(rest.position(), bytes);
				yield ok(json(packet), HEX.formatHex(bytes));
			}
			case More(long total) -> (total > 0) ? "{\"more\":%d}".formatted(total) : "{\"more\":\"undefined\"}";
			case Invalid(String reason) -> DecodeVector.INVALID;
		};
	}

	static String ok(String packet, String rest) {
		return "{\"ok\":[%s,\"%s\"]}".formatted(packet, rest);
	}

	String json(Packet packet) {
		return switch (packet) {
			case Packet.Bytes(byte[] array) -> "\"%s\"".formatted(HEX.formatHex(array));
			case Packet.WithHeader packets -> throw new AssertionError("no codec makes " + packets);
			case Packet.TlsRecord(int contentType, int major, int minor, byte[] data) ->
				"{\"tag\":\"ssl_tls\",\"port\":{\"string\":\"\"},\"content_type\":%d,\"version\":[%d,%d],\"data\":%s}"
					.formatted(contentType, major, minor, leaf("binary", HEX.formatHex(data)));
			case HttpPacket.Request(String method, HttpUri uri, HttpPacket.Version version) ->
				"{\"tag\":\"http_request\",\"method\":%s,\"uri\":%s,\"version\":%s}".formatted(
						METHODS.contains(method) ? leaf("atom", method) : text(method), json(uri), json(version));
			case HttpPacket.Response(HttpPacket.Version version, int status, String phrase) ->
				"{\"tag\":\"http_response\",\"version\":%s,\"status\":%d,\"phrase\":%s}".formatted(json(version),
						status, text(phrase));
			case HttpPacket.Header(int index, String name, String original, String value) ->
				"{\"tag\":\"http_header\",\"int\":%d,\"field\":%s,\"orig\":%s,\"value\":%s}".formatted(index,
						(index > 0) ? leaf("atom", name) : text(name), text(original), text(value));
			case HttpPacket.EndOfHeaders() -> "{\"tag\":\"http_eoh\"}";
			case HttpPacket.Error(String line) -> "{\"tag\":\"http_error\",\"line\":%s}".formatted(text(line));
		};
	}

	private String json(HttpUri uri) {
		return switch (uri) {
			case HttpUri.Asterisk() -> "{\"kind\":\"star\"}";
			case HttpUri.AbsolutePath(String path) -> "{\"kind\":\"abs_path\",\"path\":%s}".formatted(text(path));
			case HttpUri.AbsoluteUri(String scheme, String host, int port, String path) ->
				"{\"kind\":\"absoluteURI\",\"scheme\":%s,\"host\":%s,\"port\":%s,\"path\":%s}"
					.formatted(leaf("atom", scheme), text(host), (port != 0) ? port : "\"undefined\"", text(path));
			case HttpUri.OtherScheme(String scheme, String rest) ->
				"{\"kind\":\"scheme\",\"scheme\":%s,\"rest\":%s}".formatted(text(scheme), text(rest));
			case HttpUri.Text(String value) -> "{\"kind\":\"string\",\"value\":%s}".formatted(text(value));
		};
	}

	private static String json(HttpPacket.Version version) {
		return "[%d,%d]".formatted(version.major(), version.minor());
	}

	private String text(String text) {
		return leaf(this.text, HEX.formatHex(text.getBytes(StandardCharsets.ISO_8859_1)));
	}

	private static String leaf(String type, String value) {
		return "{\"%s\":\"%s\"}".formatted(type, value);
	}

}
