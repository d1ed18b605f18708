package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.Invalid;

/**
 * TLS from a peer where none is spoken: its first bytes are no packet, or one that is far
 * too large, which tells nobody what is wrong. Looked for only when a packet is refused.
 */
final class TlsFromPeer {

	/** The type of a record: with this one a client, or a server, begins. */
	private static final byte HANDSHAKE = 22;

	/** With this one a server answers what it does not understand. */
	private static final byte ALERT = 21;

	/** The first number of all versions, from SSL 3 to TLS 1.3. */
	private static final byte VERSION = 3;

	private TlsFromPeer() {
	}

	/**
	 * Returns the refusal with what the first bytes of a connection say about the peer.
	 */
	static Invalid explained(Invalid refusal, ByteBuffer first) {
		if (first.remaining() < 2 || first.get(first.position() + 1) != VERSION) {
			return refusal;
		}
		return switch (first.get(first.position())) {
			case HANDSHAKE -> with(refusal, "a TLS handshake");
			case ALERT -> with(refusal, "a TLS alert");
			default -> refusal;
		};
	}

	private static Invalid with(Invalid refusal, String beginning) {
		return new Invalid(
				"%s: so begins %s; the peer speaks TLS, this side does not".formatted(refusal.reason(), beginning));
	}

}
