package io.gentcp.test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes one connection has received: kept in the arrays they came in, or only counted
 * and checksummed. Not thread-safe: guarded by the lock of {@link Inbound}.
 */
final class Received {

	private final boolean discard;

	private final List<byte[]> chunks = new ArrayList<>();

	private final CRC32C checksum = new CRC32C();

	private long count;

	Received(boolean discard) {
		this.discard = discard;
	}

	void add(ByteBuffer bytes) {
		this.count += bytes.remaining();
		this.checksum.update(bytes.duplicate());
		if (!this.discard) {
			byte[] chunk = new byte[bytes.remaining()];
			bytes.get(chunk);
			this.chunks.add(chunk);
		}
	}

	long count() {
		return this.count;
	}

	long checksum() {
		return this.checksum.getValue();
	}

	byte[] bytes() {
		if (this.discard) {
			throw new IllegalStateException("This peer discards what it receives; ask for its count or checksum");
		}
		ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(this.count));
		this.chunks.forEach(all::put);
		return all.array();
	}

}
