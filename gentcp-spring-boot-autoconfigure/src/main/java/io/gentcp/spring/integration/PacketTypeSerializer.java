package io.gentcp.spring.integration;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;

/**
 * A packet type as a serializer of streams: what the connection factories of
 * spring-integration-ip, and whatever else reads packets from an {@link InputStream},
 * need in order to speak {@code {packet, 4}} and the others with a peer that uses gentcp
 * or Erlang.
 * <p>
 * {@link #deserialize} takes exactly the bytes of a packet, header and trailer included,
 * and blocks the calling thread until they are there; not one byte of the next packet
 * leaves the stream. So it reads what the codec is known to need, and a byte at a time
 * where that is not known: within a line, for one. A stream without a buffer is then
 * better read through a {@link java.io.BufferedInputStream}, one for the life of the
 * connection. What it allocates grows with what has arrived, never with what a header
 * announces.
 * <p>
 * {@link #serialize} writes a packet, and neither flushes nor closes.
 * <p>
 * It has no state: one object serves any number of connections and threads. Each packet
 * gets a codec of its own, so a packet type of the application whose codec remembers
 * something from one packet to the next is not for it.
 */
public final class PacketTypeSerializer implements Serializer<byte[]>, Deserializer<byte[]> {

	/** The limits of gentcp in Spring: packets up to 1 MiB. */
	private static final PacketLimits LIMITS = PacketLimits.NONE.withPacketSize(1024 * 1024);

	private static final String ALLOWED = "raw, 1, 2, 4, line, asn1, sunrm, cdr, fcgi, tpkt "
			+ "or a packet type of your own that delivers bytes";

	private final PacketType type;

	private final PacketLimits limits;

	private final @Nullable Supplier<? extends RuntimeException> endOfStream;

	/**
	 * Packets of this type, of at most 1 MiB.
	 * @throws IllegalArgumentException if the type does not deliver bytes
	 */
	public PacketTypeSerializer(PacketType type) {
		this(type, LIMITS);
	}

	/**
	 * Packets of this type and of these sizes, of which only what is read is held to
	 * them.
	 * @throws IllegalArgumentException if the type does not deliver bytes
	 */
	public PacketTypeSerializer(PacketType type, PacketLimits limits) {
		this(type, limits, null);
	}

	private PacketTypeSerializer(PacketType type, PacketLimits limits,
			@Nullable Supplier<? extends RuntimeException> endOfStream) {
		if (type.delivers() != Packet.Bytes.class) {
			throw new IllegalArgumentException("packet is %s, which delivers %s and not bytes; use %s"
				.formatted(type.name(), type.delivers().getSimpleName(), ALLOWED));
		}
		this.type = type;
		this.limits = limits;
		this.endOfStream = endOfStream;
	}

	/**
	 * Returns a serializer that throws this, and no {@link EOFException}, where the
	 * stream ends between two packets. spring-integration-ip wants its own
	 * {@code SoftEndOfStreamException} there: anything else it logs as an error, whenever
	 * a peer hangs up.
	 * @param exception makes the exception, {@code SoftEndOfStreamException::new} for one
	 */
	public PacketTypeSerializer endOfStream(Supplier<? extends RuntimeException> exception) {
		return new PacketTypeSerializer(this.type, this.limits, exception);
	}

	/**
	 * Writes a packet, its header in front.
	 * @throws IllegalArgumentException if the packet type cannot carry it; nothing of it
	 * was written then
	 */
	@Override
	public void serialize(byte[] packet, OutputStream out) throws IOException {
		PacketCodec codec = this.type.codec(this.limits);
		ByteBuffer encoded = codec.encode(ByteBuffer.wrap(packet)).duplicate();
		int size = encoded.remaining();
		ByteBuffer header = ByteBuffer.allocate(codec.headerSize(size));
		codec.encodeHeader(size, header);
		ByteBuffer trailer = ByteBuffer.allocate(codec.trailerSize());
		codec.encodeTrailer(size, trailer);
		write(header.flip(), out);
		write(encoded, out);
		write(trailer.flip(), out);
	}

	private static void write(ByteBuffer bytes, OutputStream out) throws IOException {
		if (bytes.hasArray()) {
			out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
			return;
		}
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(copy);
		out.write(copy);
	}

	/**
	 * Reads the next packet, without its header where the packet type delivers none; of a
	 * raw stream what is there, at least one byte and at most {@code packet_size}, where
	 * spring-integration-ip's {@code ByteArrayRawSerializer} reads up to the end of the
	 * stream.
	 * @throws EOFException if the stream ends; within a packet it says how many bytes of
	 * it were there. Between two packets {@link #endOfStream} may say otherwise
	 * @throws IOException if the bytes are no packet, or one that is too large, with the
	 * reason and the limit. Where the next packet begins is unknown then: close the
	 * connection
	 */
	@Override
	public byte[] deserialize(InputStream in) throws IOException {
		PacketBytesReader reader = new PacketBytesReader(in, this.type, this.limits);
		byte @Nullable [] packet = reader.read();
		if (packet != null) {
			return packet;
		}
		if (this.endOfStream != null) {
			throw this.endOfStream.get();
		}
		throw new EOFException("the stream ended between two packets (packet %s)".formatted(this.type.name()));
	}

	/**
	 * Returns for example {@code PacketTypeSerializer[packet 4, packet_size 1048576]}.
	 */
	@Override
	public String toString() {
		return "PacketTypeSerializer[packet %s, packet_size %d]".formatted(this.type.name(), this.limits.packetSize());
	}

}
