package io.gentcp.packet;

import java.nio.ByteBuffer;

/**
 * One connection's way to find packets in a stream and to put packets on the wire.
 * <p>
 * A codec does no I/O, waits for nothing, and knows no clock and no lock. A connection
 * makes its own from its {@link PacketType}; setting {@code packet} makes a new one,
 * which sees the bytes that the old one has left.
 * <p>
 * The two halves share nothing. {@link #decode} is called by one reader at a time and may
 * keep state between calls. The methods that encode are called by many threads at once
 * and keep none.
 *
 * <pre>
 *   encode         payload          →   what goes out of it (escaped, or itself)
 *   on the wire    header | encoded | trailer
 *   decode         header | encoded | trailer   →   packet
 * </pre>
 */
public interface PacketCodec {

	/**
	 * Takes the next packet out of the buffer: {@code erlang:decode_packet/3}.
	 * <p>
	 * The bytes lie between the buffer's position and its limit. With a {@link Packet}
	 * the position moves behind the last byte that belongs to it (padding and delimiters
	 * included, even if they are not delivered); with {@link More} and {@link Invalid} it
	 * does not move. The limit never moves. The buffer may be direct, read-only, a slice
	 * or of either byte order, and another one on every call; nothing of it is kept and
	 * nothing in it is changed. An empty buffer is legal.
	 * <p>
	 * After {@code More}, the next call presents the same bytes again at the position,
	 * with whatever has come after them. So a codec may remember, relative to the
	 * position, how far it has looked, and a packet that arrives byte by byte costs
	 * linear time. A reader that puts other bytes in front ({@code gen_tcp:unrecv/2})
	 * makes a new codec. After a packet, the next call starts with the byte behind it; a
	 * codec may remember what it expects there (an http start line or a header).
	 * <p>
	 * A codec never allocates in proportion to an announced length before the bytes are
	 * there. What it throws ends the connection, as {@link Invalid} does.
	 * @param in the bytes at hand
	 * @return the packet, or why there is none
	 * @throws IllegalArgumentException if a codec that remembers bytes does not find them
	 * again
	 */
	DecodeResult decode(ByteBuffer in);

	/**
	 * The payload as it goes out between header and trailer, for instance with escapes.
	 * The default is the payload itself. Position and limit of the argument do not move;
	 * its bytes are borrowed until they are out.
	 * <p>
	 * A header or trailer that depends on the bytes and not on their number (a checksum)
	 * is part of what this method returns.
	 * @param payload what the application sends, from position to limit
	 * @return what goes out, from position to limit; its size is the {@code encodedSize}
	 * of the other methods
	 * @throws IllegalArgumentException if the payload cannot be a packet of this type,
	 * for instance 256 bytes in {@code {packet, 1}}. Erlang lets the length wrap around
	 * and the receiver loses the packet borders
	 */
	default ByteBuffer encode(ByteBuffer payload) {
		return payload;
	}

	/**
	 * The number of bytes in front of an encoded payload. The default is none.
	 * @param encodedSize the bytes that remain in what {@link #encode} has returned
	 * @return what {@link #encodeHeader} will put
	 */
	default int headerSize(int encodedSize) {
		return 0;
	}

	/**
	 * Puts exactly {@link #headerSize} bytes. The default puts none.
	 * @param encodedSize the bytes that remain in what {@link #encode} has returned
	 * @param out has room for them; may be direct, and of either byte order
	 */
	default void encodeHeader(int encodedSize, ByteBuffer out) {
	}

	/**
	 * The number of bytes behind every encoded payload. The default is none.
	 * @return what {@link #encodeTrailer} will put
	 */
	default int trailerSize() {
		return 0;
	}

	/**
	 * Puts exactly {@link #trailerSize} bytes. The default puts none.
	 * @param encodedSize the bytes that remain in what {@link #encode} has returned
	 * @param out has room for them; may be direct, and of either byte order
	 */
	default void encodeTrailer(int encodedSize, ByteBuffer out) {
	}

}
