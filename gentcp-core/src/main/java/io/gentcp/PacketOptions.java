package io.gentcp;

import java.util.Arrays;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;

/**
 * How packets are told apart and delivered: what the options {@code packet},
 * {@code packet_size}, {@code line_delimiter}, {@code line_length} and {@code header}
 * say.
 *
 * @param choice the packet type, and when it was chosen
 * @param header how many bytes of a packet are set apart
 * @param buffer the most bytes of a raw stream that are a packet, 0 for no limit
 */
record PacketOptions(Choice choice, PacketLimits limits, int header, int buffer) {

	static final PacketOptions DEFAULTS = new PacketOptions(new Choice(PacketType.RAW), PacketLimits.NONE, 0, 0);

	PacketType type() {
		return this.choice.type;
	}

	PacketOptions withType(PacketType type) {
		return new PacketOptions(new Choice(type), this.limits, this.header, this.buffer);
	}

	PacketOptions withLimits(PacketLimits limits) {
		return new PacketOptions(this.choice, limits, this.header, this.buffer);
	}

	PacketOptions withHeader(int header) {
		return new PacketOptions(this.choice, this.limits, header, this.buffer);
	}

	PacketOptions withBuffer(int buffer) {
		return new PacketOptions(this.choice, this.limits, this.header, buffer);
	}

	PacketCodec codec() {
		return type().codec(this.limits);
	}

	/** Whether {@code packet} was set since, be it to what it was. */
	boolean setsType(PacketOptions before) {
		return this.choice != before.choice;
	}

	/** The codec that goes on after another one with the options from before. */
	PacketCodec codec(PacketOptions before, PacketCodec codec) {
		if (setsType(before)) {
			return codec();
		}
		return this.limits.equals(before.limits) ? codec : type().codec(this.limits, codec);
	}

	/** The type of all packets as the application gets them. */
	Class<? extends Packet> delivers() {
		Class<? extends Packet> delivers = type().delivers();
		return (this.header > 0 && delivers == Packet.Bytes.class) ? Packet.WithHeader.class : delivers;
	}

	/** The codec that goes on where other bytes were put in front. */
	PacketCodec codecAnew(PacketCodec before) {
		return type().codec(this.limits, before);
	}

	/** A packet as the application gets it. */
	Packet delivered(Packet packet) {
		if (this.header == 0 || !(packet instanceof Packet.Bytes(byte[] bytes))) {
			return packet;
		}
		int header = Math.min(this.header, bytes.length);
		return new Packet.WithHeader(Arrays.copyOf(bytes, header), Arrays.copyOfRange(bytes, header, bytes.length));
	}

	/**
	 * One setting of {@code packet}. Setting it again, even to what it is, begins anew:
	 * http expects a start line.
	 */
	static final class Choice {

		private final PacketType type;

		Choice(PacketType type) {
			this.type = type;
		}

	}

}
