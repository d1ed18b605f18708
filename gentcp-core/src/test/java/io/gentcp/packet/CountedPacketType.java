package io.gentcp.packet;

/** A packet type that counts what its codecs do. Used by one thread. */
public final class CountedPacketType implements PacketType {

	private final PacketType type;

	private PacketCodec codec;

	private long decodes;

	public CountedPacketType(PacketType type) {
		this.type = type;
	}

	@Override
	public String name() {
		return this.type.name();
	}

	@Override
	public Class<? extends Packet> delivers() {
		return this.type.delivers();
	}

	@Override
	public PacketCodec codec(PacketLimits limits) {
		PacketCodec codec = this.type.codec(limits);
		this.codec = codec;
		return (in) -> {
			this.decodes++;
			return codec.decode(in);
		};
	}

	/** How often the last codec was asked for a packet. */
	public long decodes() {
		return this.decodes;
	}

	/**
	 * How many bytes the last codec has looked at in search of an end; none if its
	 * packets have a length.
	 */
	public long examined() {
		return switch (this.codec) {
			case LineCodec line -> line.examined();
			case HttpCodec http -> http.examined();
			default -> 0;
		};
	}

}
