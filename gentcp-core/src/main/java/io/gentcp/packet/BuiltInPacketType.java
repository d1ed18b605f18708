package io.gentcp.packet;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A packet type that gen_tcp knows by name. */
record BuiltInPacketType(String name, boolean isFramed,
		Function<PacketLimits, PacketCodec> codecs) implements PacketType {

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
			TYPES.put("line", LINE);
		}

	}

}
