package io.gentcp.spring.core;

import io.gentcp.packet.HttpPacket;
import io.gentcp.packet.Packet;

/** Where bytes or text are wanted of a packet. Has no state. */
public final class PacketBytes {

	private PacketBytes() {
	}

	/**
	 * Returns the bytes of a packet; its own array where it has one.
	 * @throws IllegalStateException if it is a line of http or a TLS record, which were
	 * taken apart
	 */
	public static byte[] of(Packet packet) {
		return switch (packet) {
			case Packet.Bytes(byte[] array) -> array;
			case Packet.WithHeader parts -> parts.toByteArray();
			case Packet.TlsRecord record -> throw takenApart(record);
			case HttpPacket line -> throw takenApart(line);
		};
	}

	private static IllegalStateException takenApart(Packet packet) {
		return new IllegalStateException("%s is no packet of bytes: its packet type takes it apart".formatted(packet));
	}

}
