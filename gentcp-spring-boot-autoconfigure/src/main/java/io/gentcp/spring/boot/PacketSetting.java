package io.gentcp.spring.boot;

import io.gentcp.packet.PacketType;

/**
 * A packet type, as a property: Erlang's name for it, which for some is the number of
 * bytes of length in front of a packet. No enum, because Spring would take the number for
 * the position of a constant.
 *
 * @param type the packet type
 */
public record PacketSetting(PacketType type) {

	static final String ALLOWED = "raw (or 0), 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http, http_bin, httph, "
			+ "httph_bin, ssl_tls";

	/**
	 * The packet type of this name.
	 * @throws IllegalArgumentException if there is none, with what is allowed
	 */
	public static PacketSetting of(String name) {
		return new PacketSetting(PacketType.of(name.strip()));
	}

	/** The packet type with this many bytes of length in front; raw with none. */
	public static PacketSetting of(Integer headerSize) {
		return new PacketSetting(PacketType.of(headerSize));
	}

	@Override
	public String toString() {
		return this.type.name();
	}

}
