package io.gentcp.spring.integration;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

import io.gentcp.packet.Packet;
import io.gentcp.spring.core.PacketBytes;

/**
 * What the payload of a message is that was made of a packet of bytes. A packet that its
 * packet type took apart, a line of http for example, is the payload itself, whatever is
 * asked for here.
 */
public enum PayloadType {

	/** A {@code byte[]}. */
	BYTES {

		@Override
		Object of(byte[] packet, Charset charset) {
			return packet;
		}

	},

	/** A {@code String}, decoded with the charset of its client or server. */
	TEXT {

		@Override
		Object of(byte[] packet, Charset charset) {
			return new String(packet, charset);
		}

	},

	/** A {@link ByteBuffer}, from the first byte of the packet to its last. */
	BUFFER {

		@Override
		Object of(byte[] packet, Charset charset) {
			return ByteBuffer.wrap(packet);
		}

	};

	abstract Object of(byte[] packet, Charset charset);

	Object of(Packet packet, Charset charset) {
		return PacketBytes.existIn(packet.getClass()) ? of(PacketBytes.of(packet), charset) : packet;
	}

}
