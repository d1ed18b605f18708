package io.gentcp.packet;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A packet type that Erlang knows by name. */
record BuiltInPacketType(String name, Class<? extends Packet> delivers,
		Function<PacketLimits, PacketCodec> codecs) implements PacketType {

	static PacketType ofBytes(String name, Function<PacketLimits, PacketCodec> codecs) {
		return new BuiltInPacketType(name, Packet.Bytes.class, codecs);
	}

	/**
	 * A type whose header announces the length of the body. Its codecs keep no state, so
	 * all connections without a limit have the same one.
	 */
	static PacketType ofLength(String name, Function<AnnouncedBody, PacketCodec> codecs) {
		PacketCodec unlimited = codecs.apply(new AnnouncedBody(0));
		return ofBytes(name, (limits) -> (limits.packetSize() == 0) ? unlimited
				: codecs.apply(new AnnouncedBody(limits.packetSize())));
	}

	static PacketType ofHttp(String name, Function<PacketLimits, PacketCodec> codecs) {
		return new BuiltInPacketType(name, HttpPacket.class, codecs);
	}

	static PacketType of(String name) {
		PacketType type = Names.TYPES.get(name.toLowerCase(Locale.ROOT));
		if (type == null) {
			throw new IllegalArgumentException(
					"packet '%s' is unknown; allowed: %s".formatted(name, String.join(", ", Names.TYPES.keySet())));
		}
		return type;
	}

	@Override
	public PacketCodec codec(PacketLimits limits) {
		return this.codecs.apply(limits);
	}

	/** Limits are set between two headers too; a header is still what follows. */
	@Override
	public PacketCodec codec(PacketLimits limits, PacketCodec before) {
		return (before instanceof HttpCodec http) ? http.withLimits(limits) : codec(limits);
	}

	@Override
	public boolean isFramed() {
		return !equals(RAW);
	}

	@Override
	public String toString() {
		return "packet " + this.name;
	}

	/** Filled on first use, when the constants of {@link PacketType} exist. */
	private static final class Names {

		private static final Map<String, PacketType> TYPES = new LinkedHashMap<>();

		static {
			TYPES.put("raw", RAW);
			TYPES.put("0", RAW);
			TYPES.put("1", ONE);
			TYPES.put("2", TWO);
			TYPES.put("4", FOUR);
			TYPES.put("asn1", ASN1);
			TYPES.put("sunrm", SUNRM);
			TYPES.put("cdr", CDR);
			TYPES.put("fcgi", FCGI);
			TYPES.put("tpkt", TPKT);
			TYPES.put("line", LINE);
			TYPES.put("http", HTTP);
			TYPES.put("http_bin", HTTP_BIN);
			TYPES.put("httph", HTTPH);
			TYPES.put("httph_bin", HTTPH_BIN);
			TYPES.put("ssl_tls", SSL_TLS);
		}

	}

}
