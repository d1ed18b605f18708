package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The bytes are no packet and never will be: {@code {error, invalid}} of
 * {@code erlang:decode_packet/3}, which {@code gen_tcp} turns into {@code emsgsize}.
 * <p>
 * The stream has lost its packet borders, so there is no way to continue with this packet
 * type. The same bytes given to the same codec again are invalid again.
 *
 * @param reason what is wrong, for a person: the announced size, the limit that it
 * exceeds, and the first bytes where they help to tell which protocol the peer speaks
 */
public record Invalid(String reason) implements DecodeResult {

	private static final int SHOWN_BYTES = 16;

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	/**
	 * Invalid bytes, of which the reason shows the first 16: enough to recognise an HTTP
	 * request or a TLS handshake on the wrong port.
	 * @param reason what is wrong
	 * @param in the bytes that were not decoded; the position does not move
	 * @return for example {@code packet of 1195725856 bytes, packet_size is 1048576;
	 * begins with 47 45 54 20}
	 */
	public static Invalid of(String reason, ByteBuffer in) {
		byte[] first = new byte[Math.min(SHOWN_BYTES, in.remaining())];
		in.get(in.position(), first);
		return new Invalid(reason + "; begins with " + HEX.formatHex(first));
	}

}
