package io.gentcp.spring.boot;

import java.util.Optional;

import io.gentcp.packet.PacketType;

/**
 * A packet type, as a property: Erlang's name for it, which for some is the number of
 * bytes of length in front of a packet, or the name of a bean. It is bound without the
 * beans, so a name is all it is; {@link PacketTypes} knows what it stands for. No enum,
 * because Spring would take the number for the position of a constant.
 *
 * @param name what the packet type is called
 */
public record PacketSetting(String name) {

	static final String ALLOWED = "raw (or 0), 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, http_bin, httph, "
			+ "httph_bin, ssl_tls, or the name of a PacketType bean";

	/** The packet type of this name. */
	public static PacketSetting of(String name) {
		return new PacketSetting(name.strip());
	}

	/** The packet type with this many bytes of length in front; raw with none. */
	public static PacketSetting of(Integer headerSize) {
		return new PacketSetting(headerSize.toString());
	}

	/** The packet type that Erlang calls by this name, if it does. */
	Optional<PacketType> erlangs() {
		try {
			return Optional.of(PacketType.of(this.name));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
