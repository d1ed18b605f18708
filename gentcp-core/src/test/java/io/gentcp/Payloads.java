package io.gentcp;

import java.util.Random;

/** Payloads whose every part can be told from every other. */
final class Payloads {

	/** More than a stalled connection with small buffers takes. */
	static final int LARGE = 600_000;

	private Payloads() {
	}

	static byte[] random(int size) {
		byte[] payload = new byte[size];
		new Random(size).nextBytes(payload);
		return payload;
	}

}
