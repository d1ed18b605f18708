package io.gentcp;

import java.nio.ByteBuffer;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.transport.ArrayPacking;
import io.gentcp.transport.Packing;
import io.gentcp.transport.Write;
import io.gentcp.transport.WritePool;

/** The options of a socket and the codec they make: always set, and read, together. */
final class Framing implements Packing<ByteBuffer> {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SocketOptions options;

	private final PacketCodec codec;

	private final ArrayPacking ofArrays = new OfArrays();

	private Framing(SocketOptions options, PacketCodec codec) {
		this.options = options;
		this.codec = codec;
	}

	static Framing of(SocketOptions options) {
		return new Framing(options, options.packets().codec());
	}

	SocketOptions options() {
		return this.options;
	}

	PacketCodec codec() {
		return this.codec;
	}

	/**
	 * Returns these options, with another codec only where packets are read differently.
	 */
	Framing with(SocketOptions changed) {
		return new Framing(changed, changed.packets().codec(this.options.packets(), this.codec));
	}

	/** Returns the same options with a codec that has seen none of the bytes at hand. */
	Framing anew() {
		return new Framing(this.options, this.options.packets().codecAnew(this.codec));
	}

	/**
	 * Returns whether packets are made of their payload as it is, by code that is known
	 * to be brief: so it is with all types that Erlang has. Then this, and
	 * {@link #ofArrays}, can be handed to a transport with the payload.
	 */
	boolean sendsAsItIs() {
		return this.options.packet().isBuiltIn();
	}

	@Override
	public int size(ByteBuffer payload) {
		return size(payload.remaining());
	}

	private int size(int size) {
		return Math.addExact(Math.addExact(this.codec.headerSize(size), size), this.codec.trailerSize());
	}

	@Override
	public void put(ByteBuffer payload, ByteBuffer target) {
		int size = payload.remaining();
		this.codec.encodeHeader(size, target);
		target.put(target.position(), payload, payload.position(), size).position(target.position() + size);
		this.codec.encodeTrailer(size, target);
	}

	/** The payload need not go out as it is. */
	@Override
	public Write write(ByteBuffer payload) {
		// The application may move the position of its own.
		return writeOf(payload.duplicate());
	}

	@Override
	public Write write(ByteBuffer payload, WritePool writes) {
		return payload.hasArray()
				? borrow(writes, payload.array(), payload.arrayOffset() + payload.position(), payload.remaining())
				: write(payload);
	}

	private Write borrow(WritePool writes, byte[] array, int from, int size) {
		return writes.borrow(this.ofArrays, array, from, size, this.options.packet().isFramed());
	}

	private Write writeOf(ByteBuffer payload) {
		if (!this.options.packet().isFramed()) {
			return Write.ofStream(payload);
		}
		ByteBuffer body = this.codec.encode(payload);
		int size = body.remaining();
		ByteBuffer header = part(this.codec.headerSize(size));
		this.codec.encodeHeader(size, header);
		ByteBuffer trailer = part(this.codec.trailerSize());
		this.codec.encodeTrailer(size, trailer);
		return Write.ofPacket(header.flip(), body, trailer.flip());
	}

	private static ByteBuffer part(int size) {
		return (size == 0) ? NOTHING : ByteBuffer.allocate(size);
	}

	/** Returns what does the same with arrays. */
	Packing<byte[]> ofArrays() {
		return this.ofArrays;
	}

	/** Takes the next packet; of a raw stream at most what the option buffer allows. */
	DecodeResult decode(ByteBuffer in) {
		int most = this.options.buffer();
		if (most == 0 || in.remaining() <= most || this.options.packet().isFramed()) {
			return this.codec.decode(in);
		}
		int end = in.limit();
		try {
			return this.codec.decode(in.limit(in.position() + most));
		}
		finally {
			in.limit(end);
		}
	}

	/** Returns a packet that was decoded as the application gets it. */
	Packet delivered(Packet packet) {
		return this.options.packets().delivered(packet);
	}

	/** So that an array that is sent needs no buffer around it. */
	private final class OfArrays implements ArrayPacking {

		@Override
		public int size(int payloadSize) {
			return Framing.this.size(payloadSize);
		}

		@Override
		public int headerSize(int payloadSize) {
			return Framing.this.codec.headerSize(payloadSize);
		}

		@Override
		public void putHeader(int payloadSize, ByteBuffer target) {
			Framing.this.codec.encodeHeader(payloadSize, target);
		}

		@Override
		public int trailerSize() {
			return Framing.this.codec.trailerSize();
		}

		@Override
		public void putTrailer(int payloadSize, ByteBuffer target) {
			Framing.this.codec.encodeTrailer(payloadSize, target);
		}

		@Override
		public Write write(byte[] payload) {
			return writeOf(ByteBuffer.wrap(payload));
		}

		@Override
		public Write write(byte[] payload, WritePool writes) {
			return borrow(writes, payload, 0, payload.length);
		}

	}

}
