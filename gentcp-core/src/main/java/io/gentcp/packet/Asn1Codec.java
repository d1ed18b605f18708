package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * ASN.1 values in BER, of definite length: {@code {packet, asn1}}. Delivered with tag and
 * length. The codec keeps no state.
 *
 * <pre>
 *   30 | 05 | 68 65 6c 6c 6f               a short tag and length
 *   bf 81 02 | 82 00 05 | 68 65 6c 6c 6f   a tag in three bytes, the length in the two after 82
 *   30 | 80                                a packet of its own: what an indefinite length holds follows as packets
 *   30 | 85 ..                             invalid: a length of more than four bytes
 * </pre>
 *
 * A tag may go on for ten bytes behind its first, which is more than any that is in use;
 * Erlang would read on without an end.
 *
 * @param body takes what the header has announced
 */
record Asn1Codec(AnnouncedBody body) implements PacketCodec {

	/** The low bits of a tag that goes on in the next bytes. */
	private static final int LONG_TAG = 0x1f;

	private static final int LONGEST_TAG = 10;

	/** In a tag: it goes on. In a length: the number of bytes that hold it. */
	private static final int HIGH_BIT = 0x80;

	private static final int LONGEST_LENGTH = 4;

	@Override
	public DecodeResult decode(ByteBuffer in) {
		if (in.remaining() < 2) {
			return More.UNKNOWN;
		}
		if ((AnnouncedBody.octet(in, 0) & LONG_TAG) != LONG_TAG) {
			return afterTag(in, 1);
		}
		int last = 1;
		while (last <= LONGEST_TAG && last < in.remaining() && goesOn(in, last)) {
			last++;
		}
		if (last > LONGEST_TAG) {
			return Invalid.of("tag of more than %d bytes".formatted(LONGEST_TAG), in);
		}
		return afterTag(in, last + 1);
	}

	private static boolean goesOn(ByteBuffer in, int offset) {
		return (AnnouncedBody.octet(in, offset) & HIGH_BIT) != 0;
	}

	private DecodeResult afterTag(ByteBuffer in, int tagSize) {
		if (in.remaining() <= tagSize) {
			return More.UNKNOWN;
		}
		int length = AnnouncedBody.octet(in, tagSize);
		if (length < HIGH_BIT) {
			return this.body.withHeader(in, tagSize + 1, length);
		}
		int lengthSize = length - HIGH_BIT;
		int headerSize = tagSize + 1 + lengthSize;
		if (in.remaining() < headerSize) {
			return More.UNKNOWN;
		}
		if (lengthSize > LONGEST_LENGTH) {
			return Invalid.of("length in %d bytes, at most %d can be".formatted(lengthSize, LONGEST_LENGTH), in);
		}
		return this.body.withHeader(in, headerSize, AnnouncedBody.number(in, tagSize + 1, lengthSize));
	}

}
