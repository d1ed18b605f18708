package io.gentcp.packet;

/**
 * A way to cut a stream into packets, the value of the option {@code packet}: one of the
 * constants, or the application's own.
 * <p>
 * A packet type has no state and makes one {@link PacketCodec} per connection. Types are
 * compared by equality.
 *
 * <pre>
 *   RAW      68 65 6c 6c 6f                     "hello", or any part of it
 *   ONE      05 | 68 65 6c 6c 6f                "hello"
 *   TWO      00 05 | 68 65 6c 6c 6f             "hello"
 *   FOUR     00 00 00 05 | 68 65 6c 6c 6f       "hello"
 *   LINE     68 65 6c 6c 6f 0a                  "hello\n"
 * </pre>
 */
@SuppressWarnings("ClassInitializationDeadlock") // BuiltInPacketType is reached from here
													// only
public interface PacketType {

	/** {@code {packet, raw | 0}}: no packet borders, whatever has arrived is a packet. */
	PacketType RAW = new BuiltInPacketType("raw", false, (limits) -> RawCodec.INSTANCE);

	/** {@code {packet, 1}}: one byte of length in front, up to 255 bytes. */
	PacketType ONE = new BuiltInPacketType("1", true, (limits) -> LengthPrefixCodec.of(1, limits));

	/** {@code {packet, 2}}: two bytes of length in front, up to 65,535 bytes. */
	PacketType TWO = new BuiltInPacketType("2", true, (limits) -> LengthPrefixCodec.of(2, limits));

	/**
	 * {@code {packet, 4}}: four bytes of length in front, up to 2<sup>31</sup>-5 bytes.
	 */
	PacketType FOUR = new BuiltInPacketType("4", true, (limits) -> LengthPrefixCodec.of(4, limits));

	/** {@code {packet, line}}: a packet ends with a delimiter, which is part of it. */
	PacketType LINE = new BuiltInPacketType("line", true, LineCodec::new);

	/**
	 * The name of this type, in Erlang's spelling where Erlang knows it.
	 * @return for example {@code raw}, {@code 4} or {@code line}
	 */
	String name();

	/**
	 * Makes the codec of one connection.
	 * @param limits the sizes that the codec accepts
	 * @return a codec that no other connection has, unless it keeps no state
	 */
	PacketCodec codec(PacketLimits limits);

	/**
	 * Whether packets of this type have borders in the stream. Without borders a receiver
	 * may ask for any number of bytes, and the rest of a packet is nothing special.
	 * @return false for {@link #RAW}
	 */
	default boolean isFramed() {
		return true;
	}

	/**
	 * The packet type that Erlang calls by this name; {@code 0} is {@code raw}.
	 * @param name one of raw, 0, 1, 2, 4, line, in upper or lower case
	 * @return the constant
	 * @throws IllegalArgumentException if there is none, with the names that are allowed
	 */
	static PacketType of(String name) {
		return BuiltInPacketType.of(name);
	}

	/**
	 * The packet type with this many bytes of length in front.
	 * @param headerSize one of 0, 1, 2, 4
	 * @return the constant
	 * @throws IllegalArgumentException if there is none, with the names that are allowed
	 */
	static PacketType of(int headerSize) {
		return BuiltInPacketType.of(Integer.toString(headerSize));
	}

}
