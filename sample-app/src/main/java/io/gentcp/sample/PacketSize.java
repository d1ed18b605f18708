package io.gentcp.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The sizes of packet that the application sends. */
final class PacketSize {

	/** The server's {@code packet-size}. */
	private static final int MAX = 64 << 20;

	private PacketSize() {
	}

	static int check(long size) {
		if (size < 0 || size > MAX) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"size is %d; allowed: 0 to %d bytes".formatted(size, MAX));
		}
		return (int) size;
	}

}
