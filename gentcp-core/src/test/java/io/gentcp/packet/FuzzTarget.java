package io.gentcp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.gentcp.packet.application.StxEtxPacketType;
import io.gentcp.packet.application.VarintPacketType;

/**
 * What is fuzzed: the codecs one by one, ours and an application's, and the way round.
 */
enum FuzzTarget {

	RAW("raw"), LENGTH_PREFIX("1", "2", "4"), ASN1("asn1"), SUNRM("sunrm"), CDR("cdr"), FCGI("fcgi"), TPKT("tpkt"),
	LINE("line"), SSL_TLS("ssl_tls"),

	HTTP("http", "http_bin", "httph", "httph_bin") {
		/**
		 * Where no line may have two bytes, half an empty line is invalid and the whole
		 * is a packet, as in Erlang; that breaks the contract and hurts nobody.
		 */
		@Override
		void run(FuzzInput input) {
			PacketLimits limits = input.limits();
			if (limits.packetSize() != 1 && (limits.packetSize() > 0 || limits.lineLength() != 1)) {
				super.run(input);
			}
		}
	},

	STX_ETX(new StxEtxPacketType()), VARINT(new VarintPacketType()),

	/** What was encoded is decoded again. */
	ROUND_TRIP(PacketType.ONE, PacketType.TWO, PacketType.FOUR, new StxEtxPacketType(), new VarintPacketType()) {
		@Override
		void run(FuzzInput input) {
			RoundTrip.require(input.oneOf(types()), input);
		}
	};

	/** To be sent, with its size in front as a {@link RoundTrip} expects it. */
	private static final byte[] HELLO = { 0, 5, 'h', 'e', 'l', 'l', 'o' };

	private final List<PacketType> types;

	FuzzTarget(String... types) {
		this(Stream.of(types).map(PacketType::of).toArray(PacketType[]::new));
	}

	FuzzTarget(PacketType... types) {
		this.types = List.of(types);
	}

	List<PacketType> types() {
		return this.types;
	}

	/**
	 * Does what a fuzzer does with these bytes.
	 * @throws AssertionError if they break the contract
	 */
	void run(byte[] bytes) {
		run(FuzzInput.of(bytes));
	}

	void run(FuzzInput input) {
		new CodecContract(input.oneOf(this.types), input.limits()).require(input.stream(), input.cuts());
	}

	/** What a fuzzer begins with: OTP's vectors, and a small packet. */
	List<byte[]> seeds(List<DecodeQuestion> vectors) {
		List<byte[]> seeds = new ArrayList<>();
		for (PacketType type : this.types) {
			byte[] packet = OnTheWire.bytes(type.codec(PacketLimits.NONE), ByteBuffer.wrap(HELLO));
			seeds.add(FuzzInput.seed(this.types.indexOf(type), PacketLimits.NONE, packet));
			seeds.add(FuzzInput.seed(this.types.indexOf(type), PacketLimits.NONE, HELLO));
		}
		for (DecodeQuestion vector : vectors) {
			int choice = this.types.indexOf(vector.type());
			if (choice >= 0) {
				seeds.add(FuzzInput.seed(choice, vector.limits(), vector.bytes()));
			}
		}
		return seeds;
	}

}
