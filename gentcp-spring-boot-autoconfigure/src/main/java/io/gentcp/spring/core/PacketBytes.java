package io.gentcp.spring.core;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;

/**
 * The bytes of packets, where bytes or text are wanted of them. Lines of http and TLS
 * records were taken apart and have none. Has no state.
 */
public final class PacketBytes {

	private PacketBytes() {
	}

	/** Returns whether every packet of this type has them. */
	public static boolean existIn(Class<? extends Packet> type) {
		return type == Packet.Bytes.class || type == Packet.WithHeader.class;
	}

	/**
	 * Returns the bytes of a packet, all of them in one piece: its own array where it has
	 * one.
	 * @throws IllegalArgumentException if it was taken apart
	 */
	public static byte[] of(Packet packet) {
		return switch (packet) {
			case Packet.Bytes(byte[] array) -> array;
			case Packet.WithHeader parts -> parts.toByteArray();
			case Packet.TlsRecord record -> throw takenApart(record);
			case HttpPacket line -> throw takenApart(line);
		};
	}

	/** Returns how many bytes a packet has: 0 if it was taken apart. */
	public static long count(Packet packet) {
		return switch (packet) {
			case Packet.Bytes bytes -> bytes.size();
			case Packet.WithHeader(byte[] header, byte[] rest) -> (long) header.length + rest.length;
			case Packet.TlsRecord record -> 0;
			case HttpPacket line -> 0;
		};
	}

	private static IllegalArgumentException takenApart(Packet packet) {
		return new IllegalArgumentException("%s has no bytes: its packet type took it apart".formatted(packet));
	}

}
