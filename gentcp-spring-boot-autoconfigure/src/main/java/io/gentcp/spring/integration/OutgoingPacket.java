package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;

import org.springframework.messaging.Message;

/** The packet that is made of a message. Has no state. */
final class OutgoingPacket {

	private OutgoingPacket() {
	}

	/**
	 * Returns the bytes of the payload.
	 * @throws IllegalArgumentException if it has none
	 */
	static ByteBuffer of(Message<?> message, Charset charset) {
		return switch (message.getPayload()) {
			case byte[] bytes -> ByteBuffer.wrap(bytes);
			case String text -> ByteBuffer.wrap(text.getBytes(charset));
			case ByteBuffer buffer -> buffer;
			case Packet packet when PacketBytes.existIn(packet.getClass()) -> ByteBuffer.wrap(PacketBytes.of(packet));
			case Object other -> throw new IllegalArgumentException(
					"a payload of type %s is no packet; have it transformed to byte[], String or ByteBuffer first"
						.formatted(other.getClass().getName()));
		};
	}

}
