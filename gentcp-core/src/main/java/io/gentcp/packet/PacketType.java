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
 *   ASN1, SUNRM, CDR, FCGI, TPKT                with a header of their protocol, which is delivered
 *   HTTP, HTTPH                                 lines of HTTP/1, taken apart
 *   SSL_TLS                                     TLS records, taken apart
 * </pre>
 *
 * Only ONE, TWO and FOUR add something to what is sent. With every other type the
 * application sends whole packets, header included, and nothing is checked.
 */
@SuppressWarnings("ClassInitializationDeadlock") // BuiltInPacketType is reached from here
													// only
public interface PacketType {

	/** {@code {packet, raw | 0}}: no packet borders, whatever has arrived is a packet. */
	PacketType RAW = BuiltInPacketType.ofBytes("raw", (limits) -> RawCodec.INSTANCE);

	/** {@code {packet, 1}}: one byte of length in front, up to 255 bytes. */
	PacketType ONE = BuiltInPacketType.ofLength("1", (body) -> new LengthPrefixCodec(1, body));

	/** {@code {packet, 2}}: two bytes of length in front, up to 65,535 bytes. */
	PacketType TWO = BuiltInPacketType.ofLength("2", (body) -> new LengthPrefixCodec(2, body));

	/**
	 * {@code {packet, 4}}: four bytes of length in front, up to 2<sup>31</sup>-5 bytes.
	 */
	PacketType FOUR = BuiltInPacketType.ofLength("4", (body) -> new LengthPrefixCodec(4, body));

	/** {@code {packet, asn1}}: a value of ASN.1 in BER, with its tag and length. */
	PacketType ASN1 = BuiltInPacketType.ofLength("asn1", Asn1Codec::new);

	/** {@code {packet, sunrm}}: a fragment of a Sun RPC record, with its header. */
	PacketType SUNRM = BuiltInPacketType.ofLength("sunrm", SunRpcCodec::new);

	/** {@code {packet, cdr}}: a GIOP message of CORBA, with its header. */
	PacketType CDR = BuiltInPacketType.ofLength("cdr", CdrCodec::new);

	/** {@code {packet, fcgi}}: a FastCGI record, with its header, without its padding. */
	PacketType FCGI = BuiltInPacketType.ofLength("fcgi", FcgiCodec::new);

	/** {@code {packet, tpkt}}: a packet of RFC 1006, with its header. */
	PacketType TPKT = BuiltInPacketType.ofLength("tpkt", TpktCodec::new);

	/** {@code {packet, line}}: a packet ends with a delimiter, which is part of it. */
	PacketType LINE = BuiltInPacketType.ofBytes("line", LineCodec::new);

	/**
	 * {@code {packet, http}}: HTTP/1 messages up to the end of their headers, line by
	 * line as {@link HttpPacket}. Setting it, also again, expects a start line.
	 */
	PacketType HTTP = BuiltInPacketType.ofHttp("http", HttpCodec::ofMessages);

	/**
	 * {@code {packet, http_bin}}: the same as {@link #HTTP}. In Erlang text comes as
	 * binaries then; Java has one kind of text.
	 */
	PacketType HTTP_BIN = BuiltInPacketType.ofHttp("http_bin", HttpCodec::ofMessages);

	/** {@code {packet, httph}}: headers of HTTP/1 only, also behind their end. */
	PacketType HTTPH = BuiltInPacketType.ofHttp("httph", HttpCodec::ofHeaders);

	/** {@code {packet, httph_bin}}: the same as {@link #HTTPH}. */
	PacketType HTTPH_BIN = BuiltInPacketType.ofHttp("httph_bin", HttpCodec::ofHeaders);

	/**
	 * {@code ssl_tls} of {@code erlang:decode_packet/3}: TLS records as
	 * {@link Packet.TlsRecord}, to look into a stream. It neither encrypts nor decrypts.
	 */
	PacketType SSL_TLS = new BuiltInPacketType("ssl_tls", Packet.TlsRecord.class,
			(limits) -> new TlsRecordCodec(new AnnouncedBody(limits.packetSize())));

	/**
	 * The name of this type, in Erlang's spelling where Erlang knows it.
	 * @return for example {@code raw}, {@code 4} or {@code line}
	 */
	String name();

	/**
	 * Makes the codec of one connection.
	 * @param limits the sizes that the codec accepts
	 * @return a codec that no other connection has, unless it keeps no state
	 * @throws IllegalArgumentException if it cannot keep these limits: then there is no
	 * connection, or no option is set
	 */
	PacketCodec codec(PacketLimits limits);

	/**
	 * Makes the codec that goes on with other limits in the middle of a stream, between
	 * two packets or within one. The default makes a new one: right for every codec that
	 * expects the same behind each packet.
	 * @param limits the sizes that the codec accepts
	 * @param before the codec of this type that read the connection up to now; another
	 * thread may still be decoding with it
	 * @return a codec that sees the bytes that the other one has left
	 */
	default PacketCodec codec(PacketLimits limits, PacketCodec before) {
		return codec(limits);
	}

	/**
	 * What the codecs of this type deliver. The default are bytes.
	 * @return the type of all packets that {@link PacketCodec#decode} returns
	 */
	default Class<? extends Packet> delivers() {
		return Packet.Bytes.class;
	}

	/**
	 * Whether packets of this type have borders in the stream. Without borders a receiver
	 * may ask for any number of bytes, and the rest of a packet is nothing special.
	 * @return false for {@link #RAW}
	 */
	default boolean isFramed() {
		return true;
	}

	/**
	 * Whether this is one of the types here, and no application's.
	 * @return true for the constants of this interface
	 */
	default boolean isBuiltIn() {
		return this instanceof BuiltInPacketType;
	}

	/**
	 * The packet type that Erlang calls by this name; {@code 0} is {@code raw}.
	 * @param name one of raw, 0, 1, 2, 4, asn1, sunrm, cdr, fcgi, tpkt, line, http,
	 * http_bin, httph, httph_bin, ssl_tls, in upper or lower case
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
