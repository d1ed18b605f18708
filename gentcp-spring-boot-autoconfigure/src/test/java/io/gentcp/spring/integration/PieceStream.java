package io.gentcp.spring.integration;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A stream whose bytes come in pieces: no read gets more than one of them. */
final class PieceStream extends InputStream {

	private final ByteArrayInputStream bytes;

	private final int size;

	private int reads;

	PieceStream(byte[] bytes, int size) {
		this.bytes = new ByteArrayInputStream(bytes);
		this.size = size;
	}

	@Override
	public int read() {
		this.reads++;
		return this.bytes.read();
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		this.reads++;
		return this.bytes.read(buffer, offset, Math.min(length, this.size));
	}

	/** The bytes that are left. */
	byte[] rest() {
		return this.bytes.readAllBytes();
	}

	int reads() {
		return this.reads;
	}

}
