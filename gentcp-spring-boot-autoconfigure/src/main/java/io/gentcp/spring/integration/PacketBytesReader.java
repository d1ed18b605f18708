package io.gentcp.spring.integration;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

import io.gentcp.packet.DecodeResult;
import io.gentcp.packet.Invalid;
import io.gentcp.packet.More;
import io.gentcp.packet.Packet;
import io.gentcp.packet.PacketCodec;
import io.gentcp.packet.PacketLimits;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.core.PacketBytes;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one packet while they are taken out of a stream, and no byte more. Belongs
 * to the thread that reads the packet.
 */
final class PacketBytesReader {

	/**
	 * The bytes that a packet has at least, and without which its codec tells nothing. An
	 * application's type may have packets of one byte.
	 */
	private static final Map<PacketType, Integer> FEWEST = Map.of(PacketType.ONE, 1, PacketType.TWO, 2, PacketType.FOUR,
			4, PacketType.ASN1, 2, PacketType.SUNRM, 4, PacketType.CDR, 12, PacketType.FCGI, 8, PacketType.TPKT, 4);

	/** How much of a raw stream is taken at once. */
	private static final int RAW_SIZE = 16 * 1024;

	/** The most that is allocated before a byte of it is there. */
	private static final int STEP = 8 * 1024;

	private final InputStream in;

	private final PacketType type;

	private final PacketCodec codec;

	private final int atMost;

	private byte[] bytes = new byte[64];

	private int count;

	PacketBytesReader(InputStream in, PacketType type, PacketLimits limits) {
		this.in = in;
		this.type = type;
		this.codec = type.codec(limits);
		this.atMost = (limits.packetSize() > 0) ? Math.min(limits.packetSize(), RAW_SIZE) : RAW_SIZE;
	}

	/** Returns the packet, or null if the stream ends before its first byte. */
	byte @Nullable [] read() throws IOException {
		boolean open = this.type.isFramed() ? readUpTo(FEWEST.getOrDefault(this.type, 1)) : readSome(this.atMost);
		while (open) {
			DecodeResult decoded = decode();
			if (decoded instanceof Packet packet) {
				return PacketBytes.of(packet);
			}
			if (decoded instanceof More more) {
				open = readUpTo(Math.max(more.total(), this.count + 1L));
			}
			if (decoded instanceof Invalid(String reason)) {
				throw new IOException("no packet %s: %s".formatted(this.type.name(), reason));
			}
		}
		if (this.count == 0) {
			return null;
		}
		throw new EOFException("the stream ended within a packet %s, of which %d bytes were there"
			.formatted(this.type.name(), this.count));
	}

	private DecodeResult decode() throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(this.bytes, 0, this.count);
		DecodeResult decoded = this.codec.decode(buffer);
		if (decoded instanceof Packet && buffer.hasRemaining()) {
			// Only an application's codec can: the bytes are gone from the stream.
			throw new IOException("packet %s asked for %d bytes of a packet, and took %d".formatted(this.type.name(),
					this.count, buffer.position()));
		}
		return decoded;
	}

	/** Returns false if the stream ends before so many bytes are there. */
	private boolean readUpTo(long total) throws IOException {
		while (this.count < total) {
			if (!readSome((int) Math.min(total - this.count, Integer.MAX_VALUE))) {
				return false;
			}
		}
		return true;
	}

	/** Reads at least one byte and at most so many; false at the end of the stream. */
	private boolean readSome(int most) throws IOException {
		if (this.count == this.bytes.length) {
			grow(most);
		}
		int read = this.in.read(this.bytes, this.count, Math.min(most, this.bytes.length - this.count));
		this.count += Math.max(read, 0);
		return read >= 0;
	}

	/**
	 * Makes room for as many bytes as there are, and a little more, if they are needed.
	 */
	private void grow(int most) {
		int step = Math.min(most, Math.max(this.count, STEP));
		this.bytes = Arrays.copyOf(this.bytes, Math.addExact(this.count, step));
	}

}
