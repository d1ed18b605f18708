package io.gentcp.scenarios;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.HttpUri;
import io.gentcp.packet.Packet;

/** Packets as Erlang prints them. Text of http is one of two things there. */
public enum PacketTerm {

	/** With http and httph. */
	STRINGS,

	/** With http_bin and httph_bin. */
	BINARIES;

	private static final Set<String> METHODS = Set.of("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE");

	public String of(Packet packet) {
		return switch (packet) {
			case Packet.Bytes(byte[] bytes) -> Term.of(bytes);
			case Packet.WithHeader(byte[] header, byte[] rest) -> "[%s|%s]".formatted(numbers(header), Term.of(rest));
			case Packet.TlsRecord tls -> throw new IllegalArgumentException("no term for " + tls);
			case HttpPacket.Request(String method, HttpUri uri, HttpPacket.Version version) -> "{http_request,%s,%s,%s}"
				.formatted(METHODS.contains(method) ? atom(method) : text(method), of(uri), of(version));
			case HttpPacket.Response(HttpPacket.Version version, int status, String phrase) ->
				"{http_response,%s,%d,%s}".formatted(of(version), status, text(phrase));
			case HttpPacket.Header(int index, String name, String original, String value) -> "{http_header,%d,%s,%s,%s}"
				.formatted(index, (index > 0) ? atom(name) : text(name), text(original), text(value));
			case HttpPacket.EndOfHeaders() -> "http_eoh";
			case HttpPacket.Error(String line) -> "{http_error,%s}".formatted(text(line));
		};
	}

	private String of(HttpUri uri) {
		return switch (uri) {
			case HttpUri.Asterisk() -> "'*'";
			case HttpUri.AbsolutePath(String path) -> "{abs_path,%s}".formatted(text(path));
			case HttpUri.AbsoluteUri(String scheme, String host, int port, String path) ->
				"{absoluteURI,%s,%s,%s,%s}".formatted(scheme, text(host), (port > 0) ? port : "undefined", text(path));
			case HttpUri.OtherScheme(String scheme, String rest) ->
				"{scheme,%s,%s}".formatted(text(scheme), text(rest));
			case HttpUri.Text(String value) -> text(value);
		};
	}

	private static String of(HttpPacket.Version version) {
		return "{%d,%d}".formatted(version.major(), version.minor());
	}

	private static String atom(String name) {
		return "'%s'".formatted(name);
	}

	private String text(String text) {
		return (this == BINARIES) ? Term.binary(text) : Term.string(text);
	}

	private static String numbers(byte[] header) {
		return IntStream.range(0, header.length)
			.map((i) -> Byte.toUnsignedInt(header[i]))
			.mapToObj(String::valueOf)
			.collect(Collectors.joining(","));
	}

}
