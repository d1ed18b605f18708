package io.gentcp.packet;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

/** What a codec makes of a payload, put together as a writer does it. */
final class OnTheWire {

	private OnTheWire() {
	}

	/** Header, encoded payload and trailer; each is exactly as long as announced. */
	static byte[] bytes(PacketCodec codec, ByteBuffer payload) {
		ByteBuffer before = payload.duplicate();
		ByteBuffer encoded = codec.encode(payload);
		assertThat(payload).as("the payload after encode").isEqualTo(before);
		int size = encoded.remaining();
		ByteBuffer header = ByteBuffer.allocate(codec.headerSize(size));
		codec.encodeHeader(size, header);
		assertThat(header.hasRemaining()).as("the header has room left").isFalse();
		ByteBuffer trailer = ByteBuffer.allocate(codec.trailerSize());
		codec.encodeTrailer(size, trailer);
		assertThat(trailer.hasRemaining()).as("the trailer has room left").isFalse();
		return ByteBuffer.allocate(header.capacity() + size + trailer.capacity())
			.put(header.flip())
			.put(encoded.duplicate())
			.put(trailer.flip())
			.array();
	}

}
